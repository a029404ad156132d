"""Checks of fuel: implied factors, the energy balance, the carbon, and the reference approach against the sectoral one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qihou.domains.inventory.methods import checks_energy
from qihou.domains.inventory.methods.checks.finding import CheckFinding, Key, Severity
from qihou.domains.inventory.methods.checks.limits import limit
from qihou.domains.inventory.methods.checks.reported import cell_of, entered, value_in
from qihou.domains.inventory.methods.reading import Entries
from qihou.domains.inventory.methods.results import Worked
from qihou.facts.vocabulary import UnableToName, label_name
from qihou.figures.leaf import Leaf
from qihou.figures.missing import State
from qihou.measure import units

_SECTORAL = ("co2.stationary.", "co2.mobile.")
_REFERENCE = "reference.co2."
_APPARENT = {"reference.apparent.mass": "t", "reference.apparent.gas": "1e4Nm3"}


def implied_factors(worked: Worked) -> Iterator[CheckFinding]:
    """CO2 per energy of every row of burnt fuel lies where a fuel's can."""
    low, high = limit("fuel_factor_low"), limit("fuel_factor_high")
    for step in worked.scheme.steps:
        if not step.method.key.startswith("energy.combustion.co2"):
            continue
        value = worked.book.cells[step.key].value[:, worked.column]
        energy = next((given for edge, given, _, _ in worked.book.inputs(step) if edge.need.name == "energy"), None)
        unit = next((need.unit for need in step.method.needs if need.name == "energy"), "")
        if energy is None:
            continue
        for row, labels in enumerate(step.rows):
            heat = float(energy[row, worked.column]) * units.factor(unit, "GJ")
            factor = checks_energy.implied_factor(float(value[row]), heat) if np.isfinite(value[row]) else None
            if factor is None or checks_energy.is_a_fuels_factor(factor, low=low, high=high):
                continue
            named = dict(labels)
            quantities, cells = _below(worked, step.key, row)
            yield CheckFinding(
                "implied_factor", Severity.WARNING,
                f"{_row(worked, named)}的二氧化碳隐含排放因子为 {factor:.1f} kgCO2/GJ，不在燃料可能的 {low:g}–{high:g} 之内。",
                f"{_row_en(worked, named)}: implied factor {factor:.1f} kgCO2/GJ, outside the {low:g} to {high:g} a fuel can have.",
                named.get("category", ""), quantities, cells, (("kgCO2/GJ", factor),),
            )  # fmt: skip


def balance(worked: Worked, entries: Entries) -> Iterator[CheckFinding]:
    """For each fuel: what was burnt, used otherwise and lost is what came in."""
    scheme, most = worked.scheme, limit("balance_closure")
    supply: dict[str, float] = {}
    unit: dict[str, str] = {}
    for node, its in _APPARENT.items():
        if node in scheme.graph:
            cells = worked.book.cells[node]
            for row, labels in enumerate(scheme.graph[node].rows):
                if cells.state[row, worked.column] == State.VALUE:
                    fuel = dict(labels)["fuel"]
                    supply[fuel], unit[fuel] = float(cells.value[row, worked.column]), its
    use: dict[str, float] = {}
    asked: dict[str, list[Key]] = {}
    cells_of: dict[str, tuple[str, ...]] = {}
    for fuel in supply:
        parts = [
            q
            for q in scheme.quantities
            if q.key in ("fuel.burnt", "balance.non_energy", "balance.losses") and dict(q.labels).get("fuel") == fuel
        ]
        found = [entered(entries, q, worked.period) for q in parts]
        if any(one is None for one in found):
            continue  # the check of completeness says what is missing
        use[fuel] = sum(value_in(one, unit[fuel]) or 0.0 for one in found)
        flows = [q for q in scheme.quantities if q.sheet == "energy_balance" and dict(q.labels).get("fuel") == fuel]
        asked[fuel] = [(q.key, q.labels) for q in (*parts, *flows)]
        cells_of[fuel] = tuple(c for q in (*flows, *parts) for c in cell_of(entered(entries, q, worked.period)))
    for one in checks_energy.balance_closure(supply, use, limit=most):
        if one.agrees:
            continue
        gap = f"，相差 {one.share:+.1%}" if one.share is not None else ""
        yield CheckFinding(
            "balance", Severity.WARNING,
            f"能源平衡：{_fuel(one.of)}可供 {one.expected:g} {unit[one.of]}，消费合计 {one.found:g}{gap}。",
            f"Energy balance: {one.of} supplied {one.expected:g} {unit[one.of]}, used {one.found:g}{gap.replace('，相差', ', apart by')}.",
            "energy.combustion", tuple(dict.fromkeys(asked[one.of])), cells_of[one.of], (("supply", one.expected), ("use", one.found)),
        )  # fmt: skip


@dataclass
class _Carbon:
    """Carbon of fuel in tC: what went in, what left as CO2, what stayed in the ash."""

    brought: float = 0.0
    emitted: float = 0.0
    unoxidised: float = 0.0


def carbon(worked: Worked) -> Iterator[CheckFinding]:
    """The carbon that came in as fuel to burn left as CO2 or stayed in the ash."""
    above, below = _carbon_of(worked, (_REFERENCE,)), _carbon_of(worked, _SECTORAL)
    if above is None or below is None:
        return
    found = checks_energy.carbon_balance(
        supplied=above.brought,
        emitted=below.emitted,
        stored=0.0,
        unoxidised=below.unoxidised,
        limit=limit("carbon_balance"),
    )
    if not found.agrees:
        share = f"（{found.share:+.1%}）" if found.share is not None else ""
        yield CheckFinding(
            "carbon_balance", Severity.WARNING,
            f"碳平衡：供入燃料含碳 {found.expected:,.0f} 吨，排放与未氧化合计 {found.found:,.0f} 吨{share}。",
            f"Carbon balance: fuel brought {found.expected:,.0f} tC, {found.found:,.0f} tC were emitted or left in ash {share}.",
            "energy.combustion", values=(("supplied", found.expected), ("accounted", found.found)),
        )  # fmt: skip


def reference_approach(worked: Worked) -> Iterator[CheckFinding]:
    """CO2 of fuel from above and from below."""
    graph = worked.scheme.graph
    if "reference.co2" not in graph or "sectoral.co2" not in graph:
        return
    above, below = (worked.book.figure(node, 0, worked.column) for node in ("reference.co2", "sectoral.co2"))
    if above.value is None or below.value is None:
        return
    most = limit("reference_approach")
    found = checks_energy.reference_against_sectoral(reference=above.value, sectoral=below.value, limit=most)
    if not found.agrees:
        share = f"{found.share:+.1%}" if found.share is not None else "—"
        yield CheckFinding(
            "reference_approach", Severity.WARNING,
            f"参考方法燃料燃烧二氧化碳 {above.value:,.0f} 吨，部门方法 {below.value:,.0f} 吨，相差 {share}，超过 {most:.0%}，须说明原因。",
            f"CO2 of fuel by the reference approach {above.value:,.0f} t, by the sectoral one {below.value:,.0f} t, apart by {share}; beyond {most:.0%} say why.",
            "energy.combustion", values=(("reference", above.value), ("sectoral", below.value)),
        )  # fmt: skip


def _carbon_of(worked: Worked, prefixes: tuple[str, ...]) -> _Carbon | None:
    """None where a row lacks a value, or the edition knows no carbon contents."""
    found = _Carbon()
    steps = [step for step in worked.scheme.steps if step.key.startswith(prefixes)]
    if not steps:
        return None
    for step in steps:
        if not {"energy", "carbon", "oxidation"} <= set(step.feeds):
            return None
        given = {edge.need.name: value[:, worked.column] for edge, value, _, _ in worked.book.inputs(step)}
        state = worked.book.cells[step.key].state[:, worked.column]
        if ((state == State.ABSENT) | (state == State.FAILED)).any():
            return None
        here = state == State.VALUE
        brought = (given["energy"] * given["carbon"])[here]
        found.brought += float(brought.sum())
        found.emitted += float((brought * given["oxidation"][here]).sum())
        found.unoxidised += float((brought * (1 - given["oxidation"][here])).sum())
    return found


def _below(worked: Worked, node: str, row: int) -> tuple[tuple[Key, ...], tuple[str, ...]]:
    leaves: tuple[Leaf, ...] = worked.lineage.why(node, row, worked.column).leaves()
    mine = [leaf for leaf in leaves if leaf.origin.kind == "entry"]
    return tuple((leaf.quantity, leaf.labels) for leaf in mine), tuple(x.origin.where for x in mine if x.origin.where)


def _row(worked: Worked, named: dict[str, str]) -> str:
    category = worked.scheme.category.get(named.get("category", ""))
    head = category.zh if category else ""
    return f"{head}{_fuel(named['fuel'])}" if "fuel" in named else head


def _row_en(worked: Worked, named: dict[str, str]) -> str:
    category = worked.scheme.category.get(named.get("category", ""))
    return " ".join(part for part in (category.en if category else "", named.get("fuel", "")) if part)


def _fuel(code: str) -> str:
    try:
        return label_name("fuel", code)
    except UnableToName:
        return code
