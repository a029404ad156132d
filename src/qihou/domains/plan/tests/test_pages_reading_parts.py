"""The parts the reading pages are drawn with: bars on a time axis, money in segments, changes in wording, whys."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from qihou.domains.plan.api import standing_words
from qihou.domains.plan.api.views import Money, StateView
from qihou.domains.plan.methods import progress
from qihou.domains.plan.methods.difference import Run, runs
from qihou.domains.plan.models import Correction, Item
from qihou.domains.plan.pages.reading import comparing, gantt, money, paper, thing, why
from qihou.domains.plan.tests.reading_rows import build_district, fill
from qihou.record.api.access import Actor


def project(
    start: tuple[int | None, int | None], end: tuple[int | None, int | None], percent: str | None = None
) -> Any:
    return SimpleNamespace(
        start_year=start[0], start_month=start[1], end_year=end[0], end_month=end[1],
        percent=None if percent is None else Decimal(percent),
    )  # fmt: skip


class TestGantt:
    AXIS = gantt.Axis(2021, 2025)

    def test_a_bar_spans_whole_years_when_no_months_are_printed(self) -> None:
        # 2022 begins after 12 months, 2023 ends after 36: 24 wide; 25 % of 24 is 6.
        bar = gantt.bar_of(project((2022, None), (2023, None), "25"), self.AXIS)
        assert bar == gantt.Bar(12, 24, 6.0)

    def test_printed_months_are_kept(self) -> None:
        # March 2021 begins after 2 months; June 2022 ends after 18: 16 wide.
        bar = gantt.bar_of(project((2021, 3), (2022, 6)), self.AXIS)
        assert bar == gantt.Bar(2, 16, 0.0)

    def test_an_end_that_is_not_printed_runs_to_the_edge_and_says_so(self) -> None:
        bar = gantt.bar_of(project((2024, None), (None, None)), self.AXIS)
        assert bar == gantt.Bar(36, 24, 0.0, open_end=True)

    @pytest.mark.parametrize("row", [project((None, None), (None, None)), project((2025, None), (2022, None))])
    def test_no_period_or_one_that_runs_backwards_has_no_bar(self, row: Any) -> None:
        assert gantt.bar_of(row, self.AXIS) is None

    def test_more_than_everything_is_everything(self) -> None:
        bar = gantt.bar_of(project((2021, None), (2021, None), "140"), self.AXIS)
        assert bar is not None
        assert bar.done == 12

    def test_today_stands_on_the_axis_or_nowhere(self) -> None:
        assert self.AXIS.month_of(date(2021, 1, 1)) == 0
        assert self.AXIS.month_of(date(2023, 7, 1)) == 30  # 2 years and 6 months
        assert self.AXIS.month_of(date(2026, 11, 23)) is None

    def test_the_axis_covers_rows_and_plan(self) -> None:
        axis = gantt.axis_of([project((2020, None), (2022, None))], (2021, 2025))
        assert axis == gantt.Axis(2020, 2025)
        assert gantt.axis_of([], (None, None)) is None


class TestMoney:
    def test_segments_fill_the_bar_and_keep_what_is_not_placed_apart(self) -> None:
        # 600 + 100 + 100 + 200 = 1000 along a bar of 1000: one unit each.
        m = Money(Decimal(1000), Decimal(600), Decimal(100), Decimal(100), Decimal(200))
        found = money.segments(m)
        assert [(s.source, s.at, s.size) for s in found] == [
            ("upper_level", 0, 600),
            ("district_budget", 600, 100),
            ("private", 700, 100),
            ("unplaced", 800, 200),
        ]
        assert "60.0%" in money.source_title(m)
        assert "20.0%" in money.source_title(m)

    def test_the_title_leads_with_what_is_undetermined_when_that_is_most(self) -> None:
        assert money.source_title(Money(Decimal(10), Decimal(1), unplaced=Decimal(9))).startswith("90.0%")

    def test_no_money_is_said_not_drawn(self) -> None:
        assert money.segments(Money()) == ()
        assert money.year_chart({}) is None
        assert money.source_title(Money()) == "项目表没有可以相加的金额"

    def test_the_tallest_year_fills_the_chart_and_the_others_follow(self) -> None:
        chart = money.year_chart(
            {2021: Money(Decimal(50), Decimal(50)), 2022: Money(Decimal(100), private=Decimal(100))}
        )
        assert chart is not None
        low, high = (sum(p.size for p in c.parts) for c in chart.columns)
        assert low == pytest.approx(high / 2, abs=0.02)
        assert "2022" in money.year_title({2021: Money(Decimal(50)), 2022: Money(Decimal(100))})


class TestDifference:
    def test_only_what_changed_is_marked(self) -> None:
        assert runs("新建充电桩50个", "新建充电桩80个") == (
            Run("kept", "新建充电桩"),
            Run("removed", "50"),
            Run("added", "80"),
            Run("kept", "个"),
        )

    def test_kept_and_removed_make_the_old_kept_and_added_the_new(self) -> None:
        old, new = "完成城镇管网向农村延伸五千米，覆盖三镇", "完成城乡管网向农村延伸三千米"
        found = runs(old, new)
        assert "".join(r.text for r in found if r.kind != "added") == old
        assert "".join(r.text for r in found if r.kind != "removed") == new

    def test_nothing_in_common_is_replaced_whole(self) -> None:
        assert runs("abc", "甲乙丙") == (Run("removed", "abc"), Run("added", "甲乙丙"))

    def test_the_same_is_kept_and_nothing_is_nothing(self) -> None:
        assert runs("同", "同") == (Run("kept", "同"),)
        assert runs("", "") == ()


class TestChoosingVersions:
    KNOWN = tuple(SimpleNamespace(number=n) for n in (1, 2, 3))

    @pytest.mark.parametrize(
        ("a", "b", "found"),
        [
            (None, None, (2, 3)),
            (1, None, (1, 3)),
            (3, None, (3, 2)),
            (None, 2, (1, 2)),
            (3, 1, (3, 1)),
            (None, 1, (2, 1)),
        ],
    )
    def test_the_two_newest_unless_asked(self, a: int | None, b: int | None, found: tuple[int, int]) -> None:
        before, after = comparing.chosen(self.KNOWN, a, b)  # type: ignore[arg-type]
        assert (before.number, after.number) == found  # type: ignore[union-attr]


def test_a_long_wording_is_named_by_its_first_words() -> None:
    row: Any = SimpleNamespace(kind="task", title="重点任务", text="一二三四五六七八九十一二三四。" * 8)
    assert (
        thing.name_of(row)
        == "一二三四五六七八九十一二三四。一二三四五六七八九十一二三四。一二三四五六七八九十一二三四…"
    )


def test_marks_are_escaped_around_and_inside() -> None:
    assert paper.marked("a<b> A", "a") == "<mark>a</mark><span>&lt;b&gt; </span><mark>A</mark>"


def test_a_track_needs_two_years() -> None:
    assert thing.track(SimpleNamespace(), ()) is None
    placed = thing.place([(2020, Decimal(10), "base", None), (2025, Decimal(20), "target", None)])
    assert [p["x"] for p in placed["points"]] == [thing.SIDE, thing.WIDTH - thing.SIDE]
    assert placed["points"][0]["y"] > placed["points"][1]["y"]  # more is higher


@pytest.mark.django_db
class TestWhy:
    def test_a_cell_leads_to_its_lines_and_can_be_quoted(self) -> None:
        built = build_district()
        fill(built)
        item = Item.objects.get(kind="project", no="1")
        found = why.explain_cell(Actor.system("test"), built.district, f"{item.uid}.investment")
        assert found.value == "1,000.00"
        assert [s.title for s in found.steps if s.url.endswith("#L8")] == ["第 8 行"]
        assert "1,000.00 万元" in found.reference
        assert "原文第 8 行" in found.reference

    def test_an_undetermined_cell_says_so_and_shows_no_number(self) -> None:
        built = build_district()
        fill(built)
        item = Item.objects.get(kind="project", no="3")
        found = why.explain_cell(Actor.system("test"), built.district, f"{item.uid}.private")
        assert str(found.value.label) == "待定"
        assert "待定" in found.reference

    def test_corrections_stand_first_with_who_and_why(self) -> None:
        built = build_district()
        fill(built)
        item = Item.objects.get(kind="project", no="1")
        Correction.objects.create(
            district=built.district, item=item, field="investment", before="1000", after="1200", reason="批复文件",
            by=built.persons["lead_bureau"],
        )  # fmt: skip
        first = why.explain_cell(Actor.system("test"), built.district, f"{item.uid}.investment").steps[0]
        assert first.title == "1,000.00 改为 1,200.00"
        assert "批复文件" in first.note
        assert "lead_bureau" in first.note

    def test_a_total_names_every_row_in_it_and_the_claim_beside_it(self) -> None:
        built = build_district()
        fill(built)
        found = why.explain_total(Actor.system("test"), built.district, f"{built.version.uid}.upper_level")
        # 600 + 500 counted, 1600 claimed, project 3 undetermined
        assert found.value == "1,100.00"
        notes = " ".join(str(s.note) for s in found.steps)
        assert "少 500.00 万元" in notes
        assert sum(s.why is not None for s in found.steps) == 3

    @pytest.mark.parametrize("key", ["x.investment", "00000000-0000-0000-0000-000000000000.investment", ""])
    def test_what_is_not_there_is_not_found(self, key: str) -> None:
        built = build_district()
        for explain in (why.explain_cell, why.explain_total, why.explain_state):
            with pytest.raises(LookupError):
                explain(Actor.system("test"), built.district, key)

    def test_a_state_says_its_reason(self) -> None:
        built = build_district()
        fill(built)
        item = Item.objects.get(kind="indicator", no="2")
        found = why.explain_state(Actor.system("test"), built.district, str(item.uid))
        assert "市级下达" in found.reference


def test_every_reason_a_state_can_have_has_its_words() -> None:
    source = Path(progress.__file__).read_text(encoding="utf-8")
    given = set(re.findall(r'Judgement\(\s*State\.\w+,\s*"(\w+)"', source))
    assert len(given) > 10, "the rules are written otherwise now: read their codes anew"
    assert given <= set(standing_words.REASONS)
    for code in standing_words.REASONS:
        told = standing_words.reason(StateView("on_track", code, {}))
        assert told != code
        assert "%(" not in told
