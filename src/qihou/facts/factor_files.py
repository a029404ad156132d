"""Reads a file of factors, and refuses whatever is not exactly as described in ``docs/facts.md``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from qihou.facts.factor import EvidenceClass, Factor
from qihou.facts.loader import GRADES, Citation, UnableToReadFacts, a_citation, a_day, a_decimal, a_mapping, a_text
from qihou.facts.vocabulary import editions, labels, quantities, regions
from qihou.measure.units import factor as conversion

# What a row may leave to its table, and a table to the file's `defaults`.
_INHERITED = {"source", "grade", "region", "year", "valid_from", "valid_to", "published", "uncertainty", "note"}
_CHECKED = {"last_checked", "review_by"}
_PERCENT = r"\d+(?:\.\d+)?%"
_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?"
_SPREAD = re.compile(rf"±{_PERCENT}|-{_PERCENT}\.\.\+{_PERCENT}|(?P<low>{_NUMBER})\.\.(?P<high>{_NUMBER})")


def factors_of(content: Any, name: str) -> Iterator[Factor]:
    """The factors of one parsed file; ``name`` (``ghg/fuels-domestic``) must be its id.

    Raises:
        UnableToReadFacts: with file, table and row.
    """
    needed = {"id", "title", "title_en", "class", "sources", "defaults", "tables"}
    top = a_mapping(content, name, needed, {"edition", "note"})
    if top["id"] != name:
        raise UnableToReadFacts(f"{name}: id is {top['id']!r}, and must be the file's place")
    for key in ("title", "title_en"):
        a_text(top[key], f"{name}: {key}")
    if top["class"] not in list(EvidenceClass):
        raise UnableToReadFacts(f"{name}: class is one of {', '.join(EvidenceClass)}")
    where = f"{name}: sources"
    if not isinstance(top["sources"], dict) or not top["sources"]:
        raise UnableToReadFacts(f"{where} must name at least one document")
    sources = {str(key): a_citation(row, f"{where}.{key}") for key, row in top["sources"].items()}
    defaults = a_mapping(top["defaults"], f"{name}: defaults", _CHECKED, _INHERITED)
    if not isinstance(top["tables"], list) or not top["tables"]:
        raise UnableToReadFacts(f"{name}: tables must list at least one table")
    reader = _Reader(name, EvidenceClass(top["class"]), sources)
    if "edition" in top:
        defaults = {**defaults, "edition": top["edition"]}
    for number, table in enumerate(top["tables"], 1):
        yield from reader.table(table, defaults, number)


class _Reader:
    """Reads the tables of one file."""

    def __init__(self, name: str, evidence: EvidenceClass, sources: Mapping[str, Citation]) -> None:
        self.name, self.evidence, self.sources = name, evidence, sources

    def table(self, content: Any, defaults: Mapping[str, Any], number: int) -> Iterator[Factor]:
        where = f"{self.name}, table {number}"
        head = a_mapping(content, where, {"quantity", "unit", "by", "rows"}, _INHERITED | {"edition"})
        quantity = head["quantity"]
        if quantity not in quantities():
            raise UnableToReadFacts(f"{where}: quantity {quantity!r} is not in ghg/quantities.yaml")
        where = f"{where} ({quantity})"
        by = quantities()[quantity].by
        if head["by"] != list(by):
            raise UnableToReadFacts(f"{where}: by must be [{', '.join(by)}], as in ghg/quantities.yaml")
        a_text(head["unit"], f"{where}: unit")
        if not isinstance(head["rows"], list) or not head["rows"]:
            raise UnableToReadFacts(f"{where}: rows must list at least one row")
        inherited = {**defaults, **{key: head[key] for key in _INHERITED | {"edition"} if key in head}}
        for line, row in enumerate(head["rows"], 1):
            yield self.row(row, inherited, quantity, head["unit"], f"{where}, row {line}")

    def row(self, content: Any, inherited: Mapping[str, Any], quantity: str, unit: str, where: str) -> Factor:
        by = quantities()[quantity].by
        own = a_mapping(content, where, {"value", *by}, _INHERITED)
        row = {**inherited, **own}
        labelled = tuple((kind, _code(labels().get(kind, {}), row[kind], f"{where}: {kind}", "labels")) for kind in by)
        value = a_decimal(row["value"], where)
        edition = _code(editions(), row.get("edition"), f"{where}: edition", "editions")
        region = _code(regions(), row.get("region", "CN"), f"{where}: region", "regions")
        year, start, end = _period(row, where)
        grade = row.get("grade")
        if grade not in GRADES:
            raise UnableToReadFacts(f"{where}: grade is one of {', '.join(GRADES)}")
        sources = self._cited(row.get("source"), where)
        if grade == "A" and len(sources) < 2:
            raise UnableToReadFacts(f"{where}: grade A needs two sources; this row cites {len(sources)}")
        checked, review = a_day(row, "last_checked", where), a_day(row, "review_by", where)
        if checked is None or review is None or review <= checked:
            raise UnableToReadFacts(f"{where}: last_checked and review_by must be days, the second after the first")
        note = a_text(row["note"], f"{where}: note") if "note" in row else ""
        if grade in {"M", "declared"} and not note:
            raise UnableToReadFacts(f"{where}: a value of grade {grade} needs a note that says why it is here")
        factor = Factor(
            "", quantity, labelled, value, unit, _spread(row.get("uncertainty"), value, where), region, year, start, end,
            a_day(row, "published", where), edition, self.evidence, grade, sources, checked, review, note,
        )  # fmt: skip
        if slip := implausible(factor):
            raise UnableToReadFacts(f"{where}: {slip}")
        return _with_id(factor, self.name)

    def _cited(self, keys: Any, where: str) -> tuple[Citation, ...]:
        wanted = [keys] if isinstance(keys, str) else keys
        if not isinstance(wanted, list) or not wanted:
            raise UnableToReadFacts(f"{where}: cite at least one of the file's sources")
        if unknown := [str(key) for key in wanted if key not in self.sources]:
            raise UnableToReadFacts(f"{where}: the file has no source {', '.join(unknown)}")
        if len(set(wanted)) < len(wanted):
            raise UnableToReadFacts(f"{where}: a source is cited twice")
        return tuple(self.sources[key] for key in wanted)


def implausible(factor: Factor) -> str:
    """Why the value must be a slip, in a sentence; empty where it is plausible or nothing is known about it."""
    plausible = quantities()[factor.quantity].plausible
    if plausible is None:
        return ""
    low, high = next(
        (plausible.special[code] for _, code in factor.labels if code in plausible.special), plausible.usual
    )
    in_unit = 1.0 if factor.unit == plausible.unit else conversion(factor.unit, plausible.unit)
    if low <= factor.value * Decimal(repr(in_unit)) <= high:
        return ""
    return (
        f"{factor.value} {factor.unit} is outside {low}..{high} {plausible.unit} ({plausible.because}); "
        "look whether the source means carbon or CO2, and per what"
    )


def _with_id(factor: Factor, name: str) -> Factor:
    labelled = ",".join(f"{kind}={code}" for kind, code in factor.labels)
    place = f"{factor.quantity}[{labelled}]" if labelled else factor.quantity
    region = "" if factor.region in {"CN", "WORLD"} else factor.region
    rest = "/".join(part for part in (factor.edition, region, factor.dated_as) if part)
    return replace(factor, id=f"{name}#{place}@{rest}")


def _code(known: Mapping[str, Any], code: Any, where: str, vocabulary: str) -> str:
    if not isinstance(code, str) or code not in known:
        raise UnableToReadFacts(f"{where} {code!r} is not in ghg/{vocabulary}.yaml")
    return code


def _period(row: Mapping[str, Any], where: str) -> tuple[int | None, date | None, date | None]:
    year, start, end = row.get("year"), a_day(row, "valid_from", where), a_day(row, "valid_to", where)
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise UnableToReadFacts(f"{where}: year must be a number")
    if year is not None and (start or end):
        raise UnableToReadFacts(f"{where}: give either year or valid_from and valid_to")
    if start and end and end <= start:
        raise UnableToReadFacts(f"{where}: valid_to must be after valid_from")
    return year, start, end


def _spread(written: Any, value: Decimal, where: str) -> str:
    if written is None:
        return ""
    found = _SPREAD.fullmatch(written) if isinstance(written, str) else None
    if not found:
        raise UnableToReadFacts(f'{where}: uncertainty is written "±5%", "-50%..+100%" or "0.0026..0.022"')
    if found["low"] is not None and not Decimal(found["low"]) <= value <= Decimal(found["high"]):
        raise UnableToReadFacts(f"{where}: the value {value} lies outside its own range {written}")
    return str(written)
