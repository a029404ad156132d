"""Funding columns lost in flattened tables: what is forced, what stays open, what is refused."""

from decimal import Decimal as D
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qihou.domains.plan.methods import funding_exact
from qihou.domains.plan.methods.funding import COLUMNS, settle_funding
from qihou.domains.plan.methods.register import UNDETERMINED, Cell, Funding, How, ProjectRow, Register, Totals


def project(no, *amounts, investment=None, line=None):
    values = [D(a) for a in amounts]
    row = ProjectRow(no=no, name=f"工程{no}", investment=D(investment) if investment else sum(values, D(0)))
    row.funding_amounts = values
    first = line or no * 10
    row.cells["funding_amounts"] = Cell(
        printed=" ".join(amounts), lines=tuple(first + k for k in range(len(values))), how=How.ALIGNED
    )
    return row


def register(projects, upper=None, district=None, private=None, subtotals=()):
    totals = Totals(subtotals=list(subtotals))
    for column, printed in zip(COLUMNS, (upper, district, private)):
        if printed is not None:
            setattr(totals, column, D(printed))
            totals.cells[column] = Cell(printed=printed, lines=(900,))
    return Register("某规划", 2021, 2025, [], [], projects=list(projects), totals=totals)


def funding(row):
    return row.funding.upper_level, row.funding.district_budget, row.funding.private


def test_one_placement_fills_every_cell():
    # 100 + 40 = 140 can only be upper; 7 only district; nothing private.
    reg = register([project(1, "100"), project(2, "40"), project(3, "7")], "140", "7", "0")
    outcome = settle_funding(reg)
    assert outcome.status == "proved"
    assert (outcome.forced, outcome.undecided) == (9, 0)
    assert [funding(p) for p in reg.projects] == [(100, None, None), (40, None, None), (None, 7, None)]
    cell = reg.projects[0].cells["upper_level"]
    assert (cell.how, cell.confidence, cell.lines, cell.printed) == (How.FORCED, 1.0, (10,), "100")
    assert cell.reason_params["upper_level"] == "140"


def test_two_equal_amounts_stay_open():
    # 5 and 5 into upper 5, district 5: either way round.
    reg = register([project(1, "5"), project(2, "5")], "5", "5", "0")
    outcome = settle_funding(reg)
    assert outcome.status == "proved"
    assert funding(reg.projects[0]) == (UNDETERMINED, UNDETERMINED, None)
    cell = reg.projects[0].cells["upper_level"]
    assert cell.how is How.UNDECIDED
    assert cell.reason_params["columns"] == [["upper_level"], ["district_budget"]]
    assert cell.confidence == 0.5


def test_amounts_keep_their_order():
    # 30 before 4, private 4: 30 in upper or district; the upper total 30 decides.
    reg = register([project(1, "30", "4")], "30", "0", "4")
    settle_funding(reg)
    assert funding(reg.projects[0]) == (30, None, 4)


def test_rounding_is_told_apart_from_error():
    # 10.13 + 20.13 = 30.26, printed 30.3: within half of 0.1. Printed 30.4 it is not (30.35 … 30.45).
    rows = [("10.13",), ("20.13",), ("4.93",)]
    reg = register([project(i, *r) for i, r in enumerate(rows, 1)], "30.3", "4.93", "0")
    assert settle_funding(reg).status == "proved"
    assert funding(reg.projects[2]) == (None, D("4.93"), None)
    reg = register([project(i, *r) for i, r in enumerate(rows, 1)], "30.4", "4.93", "0")
    outcome = settle_funding(reg)
    assert outcome.status == "inconsistent"
    assert all(v is UNDETERMINED for p in reg.projects for v in funding(p))
    assert outcome.nearest == {"upper_level": D("30.26"), "district_budget": D("4.93"), "private": D("0")}


def test_without_totals_nothing_is_solved():
    reg = register([project(1, "100"), project(2, "1", "2", "3")])
    outcome = settle_funding(reg)
    assert outcome.status == "no_totals"
    assert funding(reg.projects[0]) == (UNDETERMINED,) * 3
    assert funding(reg.projects[1]) == (1, 2, 3)  # as many amounts as columns


def test_one_total_alone_can_force():
    reg = register([project(1, "100"), project(2, "7")], upper="100")
    settle_funding(reg)
    assert reg.projects[0].funding.upper_level == 100
    assert reg.projects[0].funding.district_budget is None
    assert reg.projects[1].funding.upper_level is None
    assert reg.projects[1].funding.district_budget is UNDETERMINED


def test_more_amounts_than_columns_stop_the_solving():
    reg = register([project(1, "1", "2", "3", "4"), project(2, "5")], "5", "5", "5")
    outcome = settle_funding(reg)
    assert (outcome.status, outcome.rows) == ("unreadable_rows", [1])
    assert reg.projects[1].funding.private is UNDETERMINED


def test_columns_the_reader_saw_are_left_alone_and_counted():
    seen = ProjectRow(no=1, investment=D(60), funding=Funding(D(50), None, D(10)))
    reg = register([seen, project(2, "9")], "59", "0", "10")
    settle_funding(reg)
    assert funding(seen) == (50, None, 10)
    assert funding(reg.projects[1]) == (9, None, None)


def test_nothing_lost_nothing_done():
    reg = register([ProjectRow(no=1, investment=D(60), funding=Funding(D(60), None, None))], "60", "0", "0")
    assert settle_funding(reg).status == "nothing_lost"


def test_subtotals_decide_what_the_whole_leaves_open():
    # Whole table: upper 5, district 5. By group, the first project's 5 is upper.
    subtotals = [
        {"label": "小计", "investment": D(5), "upper_level": D(5), "district_budget": D(0), "lines": (15,)},
        {"label": "小计", "investment": D(5), "upper_level": D(0), "district_budget": D(5), "lines": (25,)},
    ]
    reg = register([project(1, "5"), project(2, "5")], "5", "5", "0", subtotals)
    settle_funding(reg)
    assert [funding(p) for p in reg.projects] == [(5, None, None), (None, 5, None)]


def test_blank_lines_are_a_hint_and_never_an_answer():
    reg = register([project(1, "5"), project(2, "5")], "5", "5", "0")
    reg.projects[0].cells["funding_amounts"].reason_params["blank_lines"] = {"before": 1}
    settle_funding(reg)
    cell = reg.projects[0].cells["upper_level"]
    assert reg.projects[0].funding.upper_level is UNDETERMINED
    assert cell.reason_params["hint_blank_lines"] == {"before": 1}


def test_beyond_the_budget_only_proofs_are_filled(monkeypatch):
    # Budget taken away: the last digits alone still prove where .13 and .93 stand; the round amounts stay open.
    monkeypatch.setattr(funding_exact, "LARGEST_BITSET", 1)
    monkeypatch.setattr(
        "qihou.domains.plan.methods.funding.collect_witnesses", lambda *a: type("W", (), {"finished": False})
    )
    rows = [project(1, "10.13"), project(2, "4.93"), project(3, "20"), project(4, "30")]
    reg = register(rows, "30.13", "34.93", "0")
    outcome = settle_funding(reg)
    assert outcome.status == "not_proved"
    assert rows[0].funding.upper_level == D("10.13")
    assert rows[1].funding.district_budget == D("4.93")
    assert rows[2].funding.upper_level is UNDETERMINED
    assert rows[2].cells["upper_level"].reason == "funding_not_proved"


@st.composite
def small_registers(draw):
    cents = st.one_of(st.integers(1, 60).map(lambda n: n * 100), st.integers(1, 5000))
    projects, sums = [], [D(0)] * 3
    for no in range(1, draw(st.integers(1, 5)) + 1):
        amounts = [D(n) / 100 for n in draw(st.lists(cents, min_size=1, max_size=3))]
        way = draw(st.sampled_from(list(combinations(range(3), len(amounts)))))
        for column, amount in zip(way, amounts):
            sums[column] += amount
        projects.append(project(no, *(str(a) for a in amounts)))
    digits = draw(st.sampled_from([0, 1, 2]))
    printed = [str(s.quantize(D(1).scaleb(-digits))) if draw(st.booleans()) else None for s in sums]
    return register(projects, *printed), printed, digits


@settings(max_examples=120, deadline=None)
@given(small_registers())
def test_forced_cells_are_those_equal_in_every_consistent_placement(case):
    reg, printed, digits = case
    ways = [list(combinations(range(3), len(p.funding_amounts))) for p in reg.projects]
    consistent = []
    for choice in product(*ways):
        sums = [D(0)] * 3
        for way, p in zip(choice, reg.projects):
            for column, amount in zip(way, p.funding_amounts):
                sums[column] += amount
        half = D(5).scaleb(-digits - 1)
        if all(t is None or abs(s - D(t)) <= half for s, t in zip(sums, printed)):
            consistent.append(choice)
    assert consistent  # the totals were made from one
    outcome = settle_funding(reg)
    if outcome.status == "no_totals":
        return
    for i, p in enumerate(reg.projects):
        for k, column in enumerate(COLUMNS):
            values = {p.funding_amounts[c[i].index(k)] if k in c[i] else None for c in consistent}
            expected = values.pop() if len(values) == 1 else UNDETERMINED
            assert getattr(p.funding, column) == expected


@pytest.mark.parametrize("bad", [D("NaN"), D("Infinity")])
def test_a_total_that_is_no_number_is_no_total(bad):
    reg = register([project(1, "5")])
    reg.totals.private = bad
    assert settle_funding(reg).status == "no_totals"
