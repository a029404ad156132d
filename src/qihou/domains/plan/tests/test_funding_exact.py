"""Exact placement against brute force on small tables."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from qihou.domains.plan.methods import funding_exact
from qihou.domains.plan.methods.funding_exact import not_impossible, possible_options
from qihou.domains.plan.methods.funding_solver import collect_witnesses, nearest_assignment
from qihou.domains.plan.methods.funding_table import Table


def brute_force(table: Table) -> list[set[int]]:
    seen: list[set[int]] = [set() for _ in table.rows]
    for choice in product(*(range(len(options)) for options in table.rows)):
        sums = [sum(options[k][c] for options, k in zip(table.rows, choice)) for c in range(len(table.bounds))]
        if all(lo <= s <= hi for s, (lo, hi) in zip(sums, table.bounds)):
            for i, k in enumerate(choice):
                seen[i].add(k)
    return seen


def placements(amounts: list[int], columns: int) -> tuple[tuple[int, ...], ...]:
    from itertools import combinations

    return tuple(
        tuple(amounts[way.index(c)] if c in way else 0 for c in range(columns))
        for way in combinations(range(columns), len(amounts))
    )


amount = st.one_of(
    st.integers(0, 40),
    st.integers(0, 40).map(lambda n: n * 100),
    st.integers(0, 9000),
    st.integers(1, 9).map(lambda n: n * 5000),
)


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 3))
    rows = [
        placements(draw(st.lists(amount, min_size=1, max_size=columns)), columns)
        for _ in range(draw(st.integers(1, 6)))
    ]
    answer = [draw(st.integers(0, len(options) - 1)) for options in rows]
    bounds = []
    for c in range(columns):
        total = sum(options[k][c] for options, k in zip(rows, answer)) + draw(st.sampled_from([0, 0, 0, 1, -7, 100]))
        half = draw(st.sampled_from([0, 0, 5, 50, 300]))
        bounds.append((total - half, total + half))
    return Table(tuple(rows), tuple(bounds))


@settings(max_examples=250, deadline=None)
@given(tables())
def test_exactly_the_options_of_some_consistent_assignment(table):
    assert possible_options(table) == brute_force(table)


@settings(max_examples=100, deadline=None)
@given(tables())
def test_what_the_last_digits_strike_is_impossible(table):
    for kept, true in zip(not_impossible(table), brute_force(table)):
        assert true <= kept


@settings(max_examples=15, deadline=None)
@given(tables())
def test_every_witness_of_the_solver_is_real(table):
    seen = collect_witnesses(table, [set(range(len(o))) for o in table.rows], seconds=2.0).seen
    for found, true in zip(seen, brute_force(table)):
        assert found <= true


def test_nearest_assignment_misses_by_the_least():
    # 30 and 50 into two columns that want 40 and 40: the best is (30, 50) or (50, 30), 10 off in each.
    table = Table((placements([30], 2), placements([50], 2)), ((40, 40), (40, 40)))
    assert possible_options(table) == [set(), set()]
    assert sorted(nearest_assignment(table, seconds=1.0)) == [30, 50]


def test_a_table_beyond_the_budget_is_refused_not_guessed(monkeypatch):
    monkeypatch.setattr(funding_exact, "LARGEST_BITSET", 10)
    monkeypatch.setattr(funding_exact, "LARGEST_SET", 10)
    table = Table(tuple(placements([n], 3) for n in (101, 203, 307, 409, 511)), ((0, 2000), (0, 2000), (0, 2000)))
    try:
        possible_options(table)
    except funding_exact.UnableToDecideExactly:
        return
    raise AssertionError("an answer was given beyond the budget")
