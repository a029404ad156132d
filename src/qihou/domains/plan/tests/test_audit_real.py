"""The audit of the district's own plan: what a careful reader found in it, by kind and line."""

from time import process_time

import pytest

from qihou.domains.plan.methods.audit import audit
from qihou.domains.plan.methods.funding import settle_funding
from qihou.domains.plan.methods.read import load, read_register
from qihou.domains.plan.methods.register import UNDETERMINED, How
from qihou.domains.plan.methods.wording import REASONS, render

from .read_helpers import SEED, needs_seed

pytestmark = needs_seed


@pytest.fixture(scope="module")
def register():
    register = read_register(load(SEED.read_bytes(), SEED.name))
    settle_funding(register)
    return register


@pytest.fixture(scope="module")
def findings(register):
    return audit(register)


# Kind, and a line it must stand on. Read by eye in the document, not taken from the program.
FOUND = [
    ("count_differs", 221),  # 13 indicators claimed, 12 printed
    ("number_repeated", 416),  # the third chapter has two (二)
    ("number_repeated", 129),  # the contents page has two chapters eight
    ("contents_number_differs", 574),  # eighth in the contents, ninth in the body
    ("place_name_slip", 502),  # a district inside a district
    ("word_doubled", 390),
    ("word_doubled", 1576),
    ("reservoir_class_impossible", 998),  # 1126 m³ is no medium reservoir
    ("area_impossible", 1048),  # two million km²
    ("river_class_contradicts", 1032),
    ("digits_run_together", 964),  # 2 phases of 2 make 4
    ("boilers_implausible", 881),
    ("capacity_implausible", 464),
    ("energy_unit_for_power", 161),
    ("share_at_cap", 470),
    ("indicator_jumps", 334),  # 95.7 to 160
    ("cumulative_mark_in_base", 320),
    ("bracket_kind_differs", 388),
    ("cumulative_mark_missing", 382),
    ("indicators_without_base", 257),
    ("indicators_assigned", 247),
    ("indicator_sense_differs", 1426),
    ("indicator_name_differs", 438),
    ("target_in_no_table", 406),  # digital economy 15 %
    ("target_in_no_table", 468),  # forest cover 50 %
    ("target_in_no_table", 458),  # 40 % of waste recycled
    ("target_in_no_table", 464),  # 25 % of water reused
    ("target_in_no_table", 2075),  # 80 %, in the annex only
    ("quantity_differs", 638),  # 2000 charging piles against 150
    ("listed_twice", 1097),
    ("double_counting", 1032),  # projects 26 and 29
    ("double_counting", 720),  # projects 7 and 8
    ("period_outside_plan", 1000),  # 2020–2022
    ("running_or_to_be_built", 980),
    ("leads_differ", 2016),  # project 30 and task 77
    ("leads_differ", 2511),  # project 43 and task 136
    ("leads_differ", 1846),  # charging piles
    ("lead_not_government", 1682),
    ("open_ended_list", 2090),
    ("organisation_cut", 2540),
    ("list_ends_in_separator", 1550),
    ("term_varies", 548),
    ("title_varies", 530),
    ("category_varies", 618),
    ("body_and_annex_differ", 2140),
    ("body_and_annex_differ", 2306),
    ("body_and_annex_differ", 2075),
    ("unit_cost_unusual", 654),  # 40000 over 5000 km is 8 a kilometre
    ("unit_lost", 801),
    ("date_marks_lost", 18),
    ("document_number_damaged", 161),
    ("quotes_unbalanced", 157),
    ("brackets_unbalanced", 243),
    ("superscript_lost", 1032),
    ("grand_total_rounded", 1363),
    ("funding_columns_lost", 1365),
]


@pytest.mark.parametrize(("kind", "line"), FOUND)
def test_what_a_careful_reader_found(findings, kind, line):
    assert any(f.kind == kind and line in f.lines for f in findings)


def test_not_a_flood(findings):
    assert 60 <= len(findings) <= 120


def test_nothing_is_said_against_what_is_right(findings):
    # These agree in the document: row sums, the shares of the three sectors, and indicator values.
    kinds = {f.kind for f in findings}
    silent = {
        "row_sum_differs", "grand_total_differs", "column_sum_differs", "shares_do_not_add_up", "share_contradicts_level",
        "indicator_value_differs", "row_number_missing", "row_number_repeated", "funding_inconsistent", "row_without_lead",
    }  # fmt: skip
    assert not silent & kinds


def test_each_finding_quotes_its_lines_and_reads_well(register, findings):
    for f in findings:
        assert f.lines
        assert all(1 <= n <= len(register.lines) and register.lines[n - 1].text.strip() for n in f.lines), f
        assert f.quotes
        for language in ("zh", "en"):
            sentence = render(f.kind, f.params, language)
            assert "—" not in sentence.replace("—2022年", "").replace("—2025年", "").replace("2021—2030", "").replace(
                "200—3000", ""
            ), sentence
            assert len(sentence) < 500


def test_rounding_is_explained(findings):
    # 263993.26 + 60499.93 + 172886 = 497379.19
    found = next(f for f in findings if f.kind == "grand_total_rounded")
    assert [e["value"] for e in found.params["explained"]] == ["263993.26"]


def test_forced_funding_cells(register):
    """The three amounts with decimals can only stand so: .13 + .13 = .26 above, .93 in the district's column.

    59919 exceeds what the district's column leaves beside 4199.93 (56300), so it is private; 11041 cannot be the
    district's (seen by enumerating the last two digits by hand-written programme, 43 combinations).
    """
    forced = {
        (p.no, column): getattr(p.funding, column)
        for p in register.projects
        for column in ("upper_level", "district_budget", "private")
        if p.cells[column].how is How.FORCED
    }
    by_row = {no: {c: v for (n, c), v in forced.items() if n == no} for no in {n for n, _ in forced}}
    assert set(by_row) == {23, 26, 29, 30, 40}
    assert str(by_row[26]["upper_level"]) == "15299.13"
    assert str(by_row[29]["upper_level"]) == "3299.13"
    assert str(by_row[30]["district_budget"]) == "4199.93"
    assert str(by_row[23]["private"]) == "59919"
    assert by_row[40] == {"district_budget": None}
    three = next(p for p in register.projects if p.no == 41)
    assert [str(v) for v in (three.funding.upper_level, three.funding.district_budget, three.funding.private)] == [
        "12000", "3000", "15000",
    ]  # fmt: skip
    assert next(p for p in register.projects if p.no == 1).funding.private is UNDETERMINED


def test_every_reason_in_the_register_has_words(register):
    codes = {c.reason for row in register.rows() for c in row.cells.values()}
    assert codes <= set(REASONS)


def test_speed(register):
    """Funding and audit together well inside the import's three seconds (processor time, so that neighbours do not count)."""
    started = process_time()
    fresh = read_register(load(SEED.read_bytes(), SEED.name))
    read = process_time() - started
    started = process_time()
    settle_funding(fresh)
    audit(fresh)
    assert process_time() - started < max(1.2, 2 * read)
