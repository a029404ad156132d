"""The bundled district's yearly figures: YAML files of rows, illustrative but for what the published plan says.

A row has ``quantity``, ``labels``, ``unit``, ``values`` (year to number, or to a notation key with its reason) and either
``illustrative: true`` or ``from_plan`` (line and quote), with ``estimated: true`` where it was worked out from the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.figures.missing import Notation

ILLUSTRATIVE = "示例"
FROM_PLAN = "规划文本"
# The quick loader where there is one; both are the safe kind.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnableToReadBundle(ValueError):
    """A bundled file is absent or not as described above; the message names it."""


@dataclass(frozen=True)
class District:
    """``code``: six digits; ``region``: as factors are looked up; ``folder``: where its data lie."""

    code: str
    name: str
    folder: Path

    @property
    def region(self) -> str:
        return f"CN-{self.code}"


def district(folder: Path, code: str = "") -> District:
    """The bundled district with this code, or the first where none is named.

    Args:
        folder: of all districts, each a folder with ``district.yaml``.

    Raises:
        UnableToReadBundle
    """
    known = []
    for path in sorted(folder.glob("*/district.yaml")):
        about = _yaml(path)
        known.append(str(about["code"]))
        if code in ("", known[-1]):
            return District(known[-1], str(about["name"]), path.parent)
    raise UnableToReadBundle(
        f"{folder} 中没有地区 {code}；有 {'、'.join(known) or '无'}。 There is no district {code} in {folder}; there are {', '.join(known) or 'none'}."
    )


def years(here: District) -> tuple[int, ...]:
    """The years for which the district has data, in order."""
    return tuple(sorted({year for row in _rows(here) for year in row["values"]}))


def filled_in(here: District, year: int) -> tuple[Filled, ...]:
    """What the bundled data say of a year; each note begins with what kind of evidence it is.

    Raises:
        UnableToReadBundle: there are no data at all, or a row is malformed.
    """
    found = tuple(_filled(row, row["values"][year]) for row in _rows(here) if year in row["values"])
    if not found:
        raise UnableToReadBundle(
            f"{here.name}没有{year}年的示例数据。 There are no illustrative data of {year} for {here.code}."
        )
    return found


def _rows(here: District) -> Iterator[dict[str, Any]]:
    for path in sorted((here.folder / "inventory").glob("*.yaml")):
        for row in _yaml(path).get("rows") or ():
            if not isinstance(row, dict) or not {"quantity", "labels", "unit", "values"} <= set(row):
                raise UnableToReadBundle(f"{path}: a row lacks quantity, labels, unit or values: {row}")
            yield row


@cache
def _yaml(path: Path) -> dict[str, Any]:
    """A file's content, read once: a year after the other is asked for."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise UnableToReadBundle(f"{path}: {error}") from error
    if not isinstance(found, dict):
        raise UnableToReadBundle(f"{path}: must hold a mapping")
    return found


def _filled(row: dict[str, Any], value: Any) -> Filled:
    labels = tuple(sorted((str(name), str(code)) for name, code in row["labels"].items()))
    note = _note(row)
    if isinstance(value, dict):
        notation, reason = Notation(value["notation"]), str(value["reason"])
        return Filled(row["quantity"], labels, None, row["unit"], notation, reason, note=note)
    return Filled(
        row["quantity"], labels, Decimal(str(value)), row["unit"], spread=str(row.get("spread", "")), note=note
    )


def _note(row: dict[str, Any]) -> str:
    plan = row.get("from_plan")
    if not plan:
        return ILLUSTRATIVE
    how = "推算" if row.get("estimated") else "所载"
    return f"{FROM_PLAN}第{plan['line']}行{how}：{plan['quote']}"
