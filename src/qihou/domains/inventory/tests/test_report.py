"""The written report is opened again and held against the figures it was written from."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from qihou.domains.inventory.methods import bundled
from qihou.domains.inventory.methods.checks.finding import CheckFinding, Severity
from qihou.domains.inventory.methods.filing import Filing, entries_of
from qihou.domains.inventory.methods.key_categories import by_level, by_trend, by_uncertainty
from qihou.domains.inventory.methods.reading import InventoryLeaves
from qihou.domains.inventory.methods.report import report
from qihou.domains.inventory.methods.report.words import NO_VALUE, number
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Worked
from qihou.domains.inventory.methods.scheme import scheme
from qihou.domains.inventory.methods.scheme.assembly import assemble
from qihou.domains.inventory.methods.scheme.parts import Options
from qihou.domains.inventory.tests.small import SECTORS, small_entries, small_scheme
from qihou.figures.graph import Step
from qihou.figures.missing import Flag, Notation
from qihou.measure.gases import GwpSet
from qihou.measure.periods import Period


def worked(year: int = 2020, *, flags: Flag = Flag.NONE, draws: int = 0, **changed) -> Worked:
    scheme = small_scheme()
    entries = small_entries(year, **changed)
    for entered in entries.values():
        object.__setattr__(entered, "flags", flags)
    return Worked(scheme, InventoryLeaves(scheme, entries, region="CN-50"), [Period.year(year)], draws=draws)


def whole(year: int) -> Worked:
    """The five sectors with the bundled district's illustrative data, as yet unverified by anybody."""
    here = bundled.district(Path(__file__).parents[5] / "districts")
    filing = Filing("样本.xlsx", year, bundled.filled_in(here, year), illustrative=True)
    entries = entries_of([filing], scheme())
    return Worked(scheme(), InventoryLeaves(scheme(), entries, region=here.region), [Period.year(year)])


def opened(content: bytes):
    return Document(BytesIO(content))


def tables(document) -> dict[str, list[list[str]]]:
    """Each table by its caption without the number: the rows under the head."""
    found, caption = {}, ""
    for part in document.element.body:
        texts = [
            "".join(t.text or "" for t in row.iter() if t.tag.endswith("}t"))
            for row in part.iter()
            if row.tag.endswith("}tc")
        ]
        if part.tag.endswith("}p"):
            caption = "".join(t.text or "" for t in part.iter() if t.tag.endswith("}t")) or caption
        elif part.tag.endswith("}tbl"):
            columns = len([g for g in part.iter() if g.tag.endswith("}gridCol")])
            found[caption.partition("　")[2]] = [texts[n : n + columns] for n in range(columns, len(texts), columns)]
    return found


def read(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def close(text: str, value: float) -> bool:
    """Whether the digits shown are the value, rounded."""
    places = len(text.partition(".")[2])
    return read(text) == pytest.approx(round(value, places), abs=0.51 * 10**-places)


def words_of(document) -> str:
    return "\n".join(p.text for p in document.paragraphs)


def test_every_number_of_the_tables_of_categories_is_a_line():
    year = worked()
    names = {f"{c.number} {c.zh}": c.code for c in year.scheme.categories}
    seen = set()
    found = tables(opened(report(year, district_name="铜梁区")))
    for title, rows in found.items():
        if title not in {f"{c.zh}（t CO₂e）" for c in year.scheme.categories}:
            continue
        for name, *gases, total, half, _remark in rows:
            code = names[name]
            for gas, text in zip(("CO2", "CH4", "N2O"), gases, strict=True):
                line = year.lines.get((code, gas))
                assert (text == NO_VALUE) if line is None else close(text, line.value), (name, gas)
            line = year.lines[code, ""]
            assert close(total, line.value)
            assert close(half.strip("±%"), line.half_percent)
            seen.add(code)
    assert seen == set(names.values())
    for name, _, gas, text, half, _remark in found["各类别各气体（t CO₂e）"]:
        line = year.lines[names[name], gas]
        assert close(text, line.value)
        assert close(half.strip("±%"), line.half_percent)


def test_the_whole_scheme_with_the_districts_illustrative_data():
    """Every category and gas of the five sectors: a number that is the line's, or a word where there is none."""
    year = whole(2020)
    names = {f"{c.number} {c.zh}".strip(): c.code for c in year.scheme.categories}
    assert len(names) == len(year.scheme.categories)
    found = tables(opened(report(year, district_name="铜梁区")))
    rows = found["各类别各气体（t CO₂e）"]
    assert {(names[row[0]], row[2]) for row in rows} == {
        key for key in year.lines if key[1] and key[0] in year.scheme.category
    }
    for name, _, gas, text, *_rest in rows:
        line = year.lines[names[name], gas]
        assert close(text, line.value) if line.value is not None else text and not text[0].isdigit(), (name, gas)
    drawn = [title for title in found if "没有值的项" in title]
    assert "工业生产过程中没有值的项及其原因" in drawn
    for row in found["工业生产过程中没有值的项及其原因"]:
        assert row[3] != NO_VALUE, row  # every notation key brings its reason
    indicators = {row[0]: row for row in found["2020年导出指标"]}
    for node in year.scheme.after:
        line = year.lines[node.key, ""]
        shown = indicators[(node.method if isinstance(node, Step) else node).zh]
        assert line.value is None or close(shown[1], line.value)


def test_the_totals_are_those_of_the_lines_with_their_range():
    year = worked(draws=400)
    rows = {row[0]: row for row in tables(opened(report(year, district_name="铜梁区")))["2020年分部门排放"]}
    for name, code in (
        ("合计（含土地利用变化和林业）", TOTAL),
        ("合计（不含土地利用变化和林业）", TOTAL_WITHOUT_LULUCF),
        ("能源活动", "energy"),
    ):
        line = year.lines[code, ""]
        low, _, high = rows[name][3].partition(" … ")
        assert close(rows[name][1], line.value)
        assert close(low, line.low)
        assert close(high, line.high)


def test_chapters_are_numbered_and_bookmarked_in_both_languages():
    for language, first, last in (("zh", "一、总论", "九、附表"), ("en", "1 Overview", "9 Annex")):
        document = opened(report(worked(), district_name="铜梁区", language=language))
        heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
        assert (heads[0], heads[-1], len(heads)) == (first, last, 9)
        links = [e for e in document.element.body.iter() if e.tag.endswith("}hyperlink")]
        assert len(links) == 9


def test_the_english_report_has_no_chinese_of_its_own():
    document = opened(report(worked(), district_name="Tongliang", language="en"))
    assert not [t for t in words_of(document) if "一" <= t <= "鿿"]


def test_a_missing_category_says_its_key_and_reason_and_the_total_is_not_given():
    year = worked(industry_diesel=None, pig=Notation.NOT_ESTIMATED)
    document = opened(report(year, district_name="铜梁区"))
    found = tables(document)
    assert found["能源活动中没有值的项及其原因"] == [["工业", "diesel", "未填报", NO_VALUE]]
    assert found["农业中没有值的项及其原因"] == [["粪便管理", "生猪", "NE 未估算", "测试"]]
    assert "不能给出" in words_of(document)
    rows = {row[0]: row for row in found["2020年分部门排放"]}
    assert rows["能源活动"][1] == "未填报"
    assert rows["能源活动"][4].startswith(f"已知部分 {number(year.lines['energy', ''].known)}")
    assert rows["农业"][1:] == ["NE 未估算", NO_VALUE, NO_VALUE, NO_VALUE]  # nothing is known of it: no nought either


def test_illustrative_data_is_marked_on_the_cover_on_every_page_and_at_every_number():
    document = opened(report(worked(flags=Flag.ILLUSTRATIVE), district_name="铜梁区"))
    assert "示例：含示例数据，不是本区实际" in [p.text for p in document.paragraphs]
    assert "示例" in document.sections[0].header.paragraphs[0].text
    assert all("示例" in row[4] for row in tables(document)["2020年分部门排放"])
    clean = opened(report(worked(), district_name="铜梁区"))
    assert "示例：" not in words_of(clean) + clean.sections[0].header.paragraphs[0].text


def test_two_years_side_by_side():
    """Diesel 80 instead of 100 t: 20 t x 3.095910 = 61.9182 tCO2 more this year."""
    before = worked(2019, industry_diesel=80.0)
    found = tables(opened(report(worked(), district_name="铜梁区", previous=before)))
    rows = {row[0]: row for row in found["2019年与2020年（t CO₂e）"]}
    assert rows["能源活动"][1:4] == ["1,989", "2,051", "61.92"]
    assert read(rows["农业"][3]) == 0
    assert "按同一方法并列" in words_of(opened(report(worked(), district_name="铜梁区", previous=before)))
    scheme_2006 = assemble(Options("ipcc-2006"), GwpSet.AR5, SECTORS)
    leaves = InventoryLeaves(scheme_2006, small_entries(2019), region="CN-50")
    other = Worked(scheme_2006, leaves, [Period.year(2019)])
    assert "方法版本不同" in words_of(opened(report(worked(), district_name="铜梁区", previous=other)))
    assert "没有可供比较的年份。" in words_of(opened(report(worked(), district_name="铜梁区")))


def test_charts_hold_the_numbers_of_the_lines_and_a_workbook():
    from openpyxl import load_workbook

    year = worked()
    document = opened(report(year, district_name="铜梁区"))
    parts = {str(p.partname): p for p in document.part.package.iter_parts()}
    chart = next(p for name, p in parts.items() if name.endswith("chart1.xml"))
    assert repr(year.lines["energy", ""].value) in chart.blob.decode()
    book = load_workbook(BytesIO(next(p for name, p in parts.items() if name.endswith("chart1.xlsx")).blob))
    assert [row[1] for row in book.active.iter_rows(min_row=2, values_only=True)] == pytest.approx(
        [year.lines[code, ""].value for code in ("energy", "agriculture", "lulucf")]
    )


def test_a_chart_leaves_a_gap_where_there_is_no_value():
    document = opened(report(worked(industry_diesel=None), district_name="铜梁区"))
    chart = next(p for p in document.part.package.iter_parts() if str(p.partname).endswith("chart1.xml"))
    assert '<c:val><c:numRef><c:f>Sheet1!$B$2:$B$4</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="3"/><c:pt idx="1">' in chart.blob.decode()  # fmt: skip


def test_findings_of_the_checks_stand_in_the_chapter_on_quality():
    one = CheckFinding(
        "jump", Severity.WARNING, "比上年翻倍", "twice the year before", "energy.industry", cells=("能源!F12",)
    )
    found = tables(opened(report(worked(), district_name="铜梁区", findings=[one])))
    assert found["核查发现 1 条"] == [["须判断", "工业", "比上年翻倍", "能源!F12"]]


def test_lines_of_a_stored_run_are_written_instead_of_those_worked_out_again():
    import dataclasses

    year = worked()
    stored = dict(year.lines)
    stored["energy", ""] = dataclasses.replace(stored["energy", ""], low=1.0, high=9000.0)
    content = report(year, district_name="铜梁区", lines=stored, draws=5000, made_on=date(2026, 11, 23))
    rows = {row[0]: row for row in tables(opened(content))["2020年分部门排放"]}
    assert rows["能源活动"][3] == "1.0000 … 9,000"
    assert "抽样5000次" in words_of(opened(content))
    assert "2026-11-23" in words_of(opened(content))


def test_key_categories_of_the_small_inventory():
    """Absolute values 2051.341 + 234.08 + 183.333 = 2468.754: energy 83.1 %, pigs 9.5 % (92.6 %), forest 7.4 % (100 %)."""
    year = worked()
    ranked = by_level(year.scheme, year.lines).ranked
    assert [(one.line.code, one.is_key) for one in ranked] == [
        ("energy.industry", True), ("agriculture.manure", True), ("lulucf.trees", True),
    ]  # fmt: skip
    assert [round(100 * one.cumulative, 1) for one in ranked] == [83.1, 92.6, 100.0]
    assert {one.line.code for one in by_uncertainty(year.scheme, year.lines).ranked} == {
        one.line.code for one in ranked
    }
    less = worked(2019, industry_diesel=80.0)
    assert by_trend(year.scheme, year.lines, less.lines).ranked[0].line.code in {
        "agriculture.manure",
        "energy.industry",
    }
    # No pigs any more, by equation 4.2: the whole fell by 234.08/2102.088 = 0.11136 of itself. Pigs 0.094817 · |−1 + 0.11136| = 0.08426,
    # energy 0.830922 · 0.11136 = 0.09253, forest 0.074261 · 0.11136 = 0.00827; together 0.18506.
    closed = by_trend(year.scheme, worked(pig=Notation.NOT_OCCURRING).lines, year.lines)
    assert [(one.line.code, round(one.share, 3)) for one in closed.ranked] == [
        ("energy.industry", 0.5), ("agriculture.manure", 0.455), ("lulucf.trees", 0.045),
    ]  # fmt: skip
    lacking = by_level(year.scheme, worked(pig=None).lines)
    assert [line.code for line in lacking.without_value] == ["agriculture.manure"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (-0.0, "0"), (1234567.8, "1,234,568"), (-183.333, "−183.3"), (12.345, "12.35"), (0.01234, "0.0123")],
)
def test_numbers_have_about_four_figures(value, shown):
    assert number(value) == shown
