"""Filled workbooks from disk to a worked inventory, and an empty or illustrative one to disk; without any database."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import qihou
from qihou.domains.inventory.methods.bundled import (
    FROM_PLAN,
    ILLUSTRATIVE,
    District,
    UnableToReadBundle,
    district,
    filled_in,
    years,
)
from qihou.domains.inventory.methods.checks.finding import CheckFinding, Key
from qihou.domains.inventory.methods.filing import Filing, UnableToWork, entries_of, values_of, work
from qihou.domains.inventory.methods.reading import Entries
from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.methods.scheme import scheme
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.editions import EDITIONS
from qihou.domains.inventory.methods.scheme.parts import Options
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.guards import UnableToReadWorkbook
from qihou.domains.inventory.methods.workbook.read import file_bytes, header_of, read_workbook
from qihou.domains.inventory.methods.workbook.write import Form, write_workbook
from qihou.facts.vocabulary import UnableToName, region_chain
from qihou.figures.book import UnableToReadLeaf
from qihou.measure import units
from qihou.measure.gases import GwpSet

LANDFILL = ("mass-balance", "first-order-decay")


class UnableToOpen(ValueError):
    """What was asked cannot be done with these files; one sentence in both languages."""


@dataclass(frozen=True)
class Opened:
    """Workbooks read and worked out.

    Attributes:
        about: of each file its name, sha256, year and how many cells were taken.
        previous: the values of the year before, where a workbook of it was given.
        findings: from reading the files.
    """

    district: str
    district_name: str
    worked: Worked
    entries: Entries
    previous: dict[Key, Decimal]
    about: tuple[dict[str, Any], ...]
    illustrative: bool
    findings: tuple[CheckFinding, ...]


def districts_folder() -> Path:
    """Where the bundled districts lie: ``QIHOU_DISTRICTS``, or ``districts`` of the checkout."""
    chosen = os.environ.get("QIHOU_DISTRICTS")
    return Path(chosen) if chosen else Path(qihou.__file__).resolve().parents[2] / "districts"


def write_form(
    out: Path, year: int, code: str, options: Options, sheets: Sequence[str] = (), illustrative: bool = False
) -> int:
    """Write a year's workbook, with the bundled illustrative figures where asked; returns how many quantities it asks for.

    Raises:
        UnableToOpen: no such district or sheet, no illustrative data of that year, or ``out`` cannot be written.
    """
    here = scheme(options)
    if unknown := set(sheets) - {sheet.key for sheet in here.sheets}:
        known = ", ".join(sheet.key for sheet in here.sheets)
        raise UnableToOpen(
            f"没有工作表 {'、'.join(sorted(unknown))}；有 {known}。 There is no sheet {', '.join(sorted(unknown))}; there are {known}."
        )
    try:
        about = district(districts_folder(), code)
        filled = _asked(filled_in(about, year), here) if illustrative else ()
        known_before = illustrative and year - 1 in years(about)
        before = [Filing("", year - 1, filled_in(about, year - 1))] if known_before else []
    except UnableToReadBundle as error:
        raise UnableToOpen(str(error)) from error
    form = Form(here, year, about.code, about.name, frozenset(sheets) or None, illustrative=illustrative)
    try:
        out.write_bytes(write_workbook(form, filled, values_of(before, year - 1, here)))
    except OSError as error:
        raise UnableToOpen(f"写不了“{out}”：{error.strerror}。 {out} cannot be written: {error.strerror}.") from error
    return len(form.layout.quantities)


def open_files(
    files: Sequence[Path],
    edition: str | None = None,
    landfill: str | None = None,
    gwp: str = "AR5",
    year: int | None = None,
    draws: int = 0,
    seed: int = 0,
) -> Opened:
    """Read workbooks, each of one year, and work the inventory out; without files, the bundled illustrative figures.

    Args:
        edition, landfill: where None, as the first workbook says.
        year: the inventory's; the latest given where None.

    Raises:
        UnableToOpen: a file cannot be read, files do not belong together, or a method lacks earlier years.
    """
    try:
        if not files:
            return _bundled(Options(edition or EDITIONS[0], landfill or LANDFILL[0]), gwp, year, draws, seed)
        return _opened(files, edition, landfill, gwp, year, draws, seed)
    except (UnableToReadBundle, UnableToReadWorkbook, UnableToWork) as error:
        raise UnableToOpen(str(error)) from error
    except UnableToReadLeaf as error:
        raise UnableToOpen(f"有一个数的单位换算不了：{error}。 A value's unit does not fit: {error}.") from error


def _bundled(options: Options, gwp: str, year: int | None, draws: int, seed: int) -> Opened:
    here = district(districts_folder())
    known = years(here)
    wanted = year if year is not None else max(known, default=0)
    counted = scheme(options, GwpSet(gwp))
    filings = [
        Filing(f"{here.name}{each}年示例数据", each, _asked(filled_in(here, each), counted), True)
        for each in known
        if each <= wanted
    ]
    worked = work(filings, counted, region=here.region, year=wanted, draws=draws, seed=seed)
    previous = values_of(filings, wanted - 1, counted)
    return Opened(here.code, here.name, worked, entries_of(filings, counted), previous, (), True, ())


def _opened(
    files: Sequence[Path], edition: str | None, landfill: str | None, gwp: str, year: int | None, draws: int, seed: int
) -> Opened:
    contents = [(path.name, file_bytes(path)) for path in files]
    headers = [header_of(data, name) for name, data in contents]
    first = headers[0]
    options = Options(edition or first.edition, landfill or first.landfill)
    if options.edition not in EDITIONS or options.landfill not in LANDFILL:
        raise UnableToOpen(
            f"工作簿写明的编制方法 {options.edition}、{options.landfill} 无法识别。 The workbook's edition or landfill method is unknown."
        )
    if len({header.district for header in headers}) > 1:
        raise UnableToOpen("这些工作簿不是同一地区的。 The workbooks are of different districts.")
    counted = scheme(options, GwpSet(gwp))
    region = _region(first.district)
    filings: list[Filing] = []
    findings: list[CheckFinding] = []
    about: list[dict[str, Any]] = []
    # Earlier years first, so that each year is held against the one before.
    for (name, data), header in sorted(zip(contents, headers, strict=True), key=lambda pair: pair[1].year):
        if any(filing.year == header.year for filing in filings):
            raise UnableToOpen(
                f"{header.year}年给了不止一个工作簿；每年只给一个。 There are several workbooks of {header.year}; give one a year."
            )
        found = read_workbook(data, name, counted, previous=values_of(filings, header.year - 1, counted))
        filings.append(Filing(name, header.year, found.filled, header.illustrative))
        findings += found.findings
        about.append(
            {"name": name, "sha256": sha256(data).hexdigest(), "year": header.year, "filled": len(found.filled)}
        )
    worked = work(filings, counted, region=region, year=year, draws=draws, seed=seed)
    return Opened(
        first.district,
        _name(first.district),
        worked,
        entries_of(filings, counted),
        values_of(filings, worked.period.start.year - 1, counted),
        tuple(about),
        any(header.illustrative for header in headers),
        tuple(findings),
    )


def _asked(filled: Sequence[Filled], here: Scheme) -> tuple[Filled, ...]:
    """What the scheme asks for, in its units: the bundled data serve all editions."""
    found = []
    for one in filled:
        quantity = here.quantity.get(one.key)
        if quantity is None:
            continue
        value = one.value
        if value is not None and quantity.unit != one.unit:
            value *= Decimal(repr(units.factor(one.unit, quantity.unit)))
        note = one.note if one.note.startswith((FROM_PLAN, ILLUSTRATIVE)) else f"{ILLUSTRATIVE}：{one.note}"
        found.append(replace(one, value=value, unit=quantity.unit, note=note))
    return tuple(found)


def _region(code: str) -> str:
    region = f"CN-{code}"
    try:
        region_chain(region)
    except UnableToName as error:
        raise UnableToOpen(f"地区代码 {code} 无法识别。 The district code {code!r} is unknown.") from error
    return region


def _name(code: str) -> str:
    try:
        here: District = district(districts_folder(), code)
    except UnableToReadBundle:
        return code
    return here.name
