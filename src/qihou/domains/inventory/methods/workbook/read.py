"""Read a year's workbook: what was filled, and what is wrong with it, cell by cell.

Rows are found by the machine names in their first, hidden column and columns by those above their heads, so that sheets, rows and
columns may be moved, renamed and inserted. Nothing is guessed: what cannot be taken as it stands is a finding.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from qihou.domains.inventory.methods.checks.finding import CheckFinding, Key, Severity
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.guards import UnableToReadWorkbook, check_file, check_size
from qihou.domains.inventory.methods.workbook.judging import Judged
from qihou.domains.inventory.methods.workbook.layout import COVER, FORMAT_VERSION, MACHINE_SHEET, checksum
from qihou.domains.inventory.methods.workbook.printed import Printed
from qihou.domains.inventory.methods.workbook.read_sheet import Seen, SheetReader

__all__ = ["Header", "Read", "UnableToReadWorkbook", "header_of", "read_path", "read_workbook"]


@dataclass(frozen=True)
class Header:
    """What a workbook says it is. ``cells``: each quantity's code with its unit and the cell it was written to."""

    version: str
    year: int
    district: str
    edition: str
    landfill: str
    illustrative: bool
    checksum: str
    cells: Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True)
class Read:
    """A workbook as read.

    Attributes:
        sheets: keys of the scheme's sheets that were found.
        filled: what may be taken, in the order of the sheets; blank cells give nothing.
        findings: what a person must look at; an ERROR's cell is not among ``filled``.
    """

    header: Header
    sheets: tuple[str, ...]
    filled: tuple[Filled, ...]
    findings: tuple[CheckFinding, ...]


@dataclass(frozen=True)
class Expected:
    """What the workbook should be for; empty fields are not compared."""

    year: int | None = None
    district: str = ""


def read_path(
    path: Path, scheme: Scheme, *, expected: Expected | None = None, previous: Mapping[Key, Decimal] | None = None
) -> Read:
    """As :func:`read_workbook`, from a file.

    Raises:
        UnableToReadWorkbook
    """
    return read_workbook(file_bytes(path), path.name, scheme, expected=expected, previous=previous)


def file_bytes(path: Path) -> bytes:
    """The content of a file of sane size.

    Raises:
        UnableToReadWorkbook: it is absent, a folder, unreadable or too large.
    """
    try:
        check_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise UnableToReadWorkbook(
            f"文件“{path}”打不开：{error.strerror}。", f"The file “{path}” cannot be opened: {error.strerror}."
        ) from error


def read_workbook(
    data: bytes,
    name: str,
    scheme: Scheme,
    *,
    expected: Expected | None = None,
    previous: Mapping[Key, Decimal] | None = None,
) -> Read:
    """Read the bytes of a workbook that was made by ``write_workbook`` and filled.

    Args:
        name: of the file, for sentences.
        scheme: what may be filled.
        expected: the year and district it should be for.
        previous: last year's values in the scheme's units, to suspect slips of a power of ten.

    Raises:
        UnableToReadWorkbook: it is not an xlsx, is encrypted, damaged or too large, or was not generated here.
    """
    values, formulas = _opened(data, name)
    header = _header(values, name)
    judged = Judged()
    judged.findings += _compare(header, scheme, expected or Expected())
    seen = Seen()
    printed = Printed(scheme, header.year, _district_name(values))
    for sheet in values.worksheets:
        if sheet.title == MACHINE_SHEET or sheet.title == COVER:
            continue
        SheetReader(sheet, formulas[sheet.title], scheme, judged, seen, previous or {}, printed).read()
    judged.findings += _missing(header, seen, scheme)
    judged.join_parts(scheme.quantity)
    return Read(header, tuple(dict.fromkeys(seen.sheets)), tuple(judged.filled), tuple(judged.findings))


def _district_name(book: Any) -> str:
    """The district as the cover prints it; empty where the cover is gone."""
    title = str(book[COVER]["A1"].value or "") if COVER in book.sheetnames else ""
    found = re.match(r"(.+?)\d{4}年", title)
    return found[1] if found else ""


def header_of(data: bytes, name: str) -> Header:
    """What a workbook says it is, without reading it further: to choose the scheme it is read with.

    Raises:
        UnableToReadWorkbook
    """
    return _header(_opened(data, name)[0], name)


def _opened(data: bytes, name: str) -> tuple[Any, Any]:
    """The workbook twice: with the values its formulas last had, and with the formulas."""
    check_file(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            formulas = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except Exception as error:
        # The library raises whatever its parts raise on a damaged file; all of it means the same to the reader.
        raise UnableToReadWorkbook(
            f"文件“{name}”已损坏，打不开。", f"The file “{name}” is damaged and cannot be opened."
        ) from error
    return values, formulas


def _header(book: Any, name: str) -> Header:
    if MACHINE_SHEET not in book.sheetnames:
        raise UnableToReadWorkbook(
            f"文件“{name}”缺少隐藏表“{MACHINE_SHEET}”，不是由本系统生成的填报表，或该表已被删除；请重新下载填报表。",
            f"The file “{name}” lacks the hidden sheet {MACHINE_SHEET}: it was not generated here, or the sheet was deleted.",
        )
    sheet = book[MACHINE_SHEET]
    meta: dict[str, str] = {}
    cells: dict[str, tuple[str, str, str]] = {}
    for line in sheet.iter_rows(max_row=min(sheet.max_row, 20_000), max_col=6, values_only=True):
        texts = ["" if value is None else str(value) for value in line]
        if texts[0] == "cell":
            cells[texts[1]] = (texts[2], texts[4], texts[5])
        elif texts[0]:
            meta[texts[0]] = texts[1]
    try:
        return Header(
            meta["format"], int(meta["year"]), meta["district"], meta["edition"], meta["landfill"],
            meta["illustrative"] == "1", meta["checksum"], cells,
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise UnableToReadWorkbook(
            f"文件“{name}”的隐藏表“{MACHINE_SHEET}”被改动，无法识别年份和地区；请重新下载填报表。",
            f"The hidden sheet {MACHINE_SHEET} of “{name}” was changed, so that year and district cannot be told.",
        ) from error


def _compare(header: Header, scheme: Scheme, expected: Expected) -> list[CheckFinding]:
    found = []

    def differs(kind: str, severity: Severity, what: str, what_en: str, here: object, wanted: object) -> None:
        if here != wanted:
            found.append(
                CheckFinding(
                    kind,
                    severity,
                    f"工作簿的{what}是 {here}，应为 {wanted}。",
                    f"The workbook's {what_en} is {here}, expected is {wanted}.",
                )
            )

    if expected.year is not None:
        differs("other_year", Severity.ERROR, "年份", "year", header.year, expected.year)
    if expected.district:
        differs("other_district", Severity.ERROR, "地区", "district", header.district, expected.district)
    differs("other_edition", Severity.WARNING, "编制方法", "edition", header.edition, scheme.options.edition)
    differs(
        "other_landfill", Severity.WARNING, "填埋计算方法", "landfill method", header.landfill, scheme.options.landfill
    )
    differs("other_version", Severity.ERROR, "表式版本", "format version", header.version, FORMAT_VERSION)
    if checksum((code, unit) for code, (unit, _, _) in header.cells.items()) != header.checksum:
        found.append(
            CheckFinding(
                "machine_sheet_changed", Severity.WARNING,
                f"隐藏表“{MACHINE_SHEET}”被改动过，请核对各表是否齐全。",
                f"The hidden sheet {MACHINE_SHEET} was changed; see whether all sheets are complete.",
            )
        )  # fmt: skip
    return found


def _missing(header: Header, seen: Seen, scheme: Scheme) -> list[CheckFinding]:
    """Sheets and rows that were written and are no longer there."""
    found = []
    by_code = {seen.code(q): q for q in scheme.quantities}
    gone: dict[str, list[str]] = {}
    for code, (_, title, cell) in header.cells.items():
        if code not in seen.codes and code in by_code:
            gone.setdefault(title, []).append(f"{title}!{cell}")
    for title, cells in gone.items():
        written = [code for code, (_, t, _) in header.cells.items() if t == title]
        keys = {by_code[code].sheet for code in written if code in by_code}
        if not keys & set(seen.sheets):
            found.append(
                CheckFinding(
                    "missing_sheet", Severity.WARNING, f"缺少工作表“{title}”，其中 {len(written)} 个指标按未填报处理。",
                    f"The sheet “{title}” is missing; its {len(written)} quantities count as not reported.", cells=tuple(cells[:20]),
                )
            )  # fmt: skip
        else:
            names = "、".join(by_code[c].zh for c in written if c not in seen.codes and c in by_code)
            found.append(
                CheckFinding(
                    "missing_rows", Severity.WARNING, f"工作表“{title}”少了 {len(cells)} 个指标（{names[:200]}），按未填报处理。",
                    f"{len(cells)} quantities of the sheet “{title}” are no longer there; they count as not reported.", cells=tuple(cells[:20]),
                )
            )  # fmt: skip
    return found
