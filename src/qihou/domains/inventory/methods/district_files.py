"""What a district's folder says of its inventory: rows of ``inventory/*.yaml`` as filled cells, with what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.figures.graph import labels
from qihou.figures.missing import Notation


class UnableToReadDistrictFile(ValueError):
    """A file is not as it must be; the sentence names file, row and year."""


@dataclass(frozen=True)
class Given:
    """A filled cell of one year. ``basis`` as for entries: empty, ``plan`` or ``plan_derived``."""

    year: int
    filled: Filled
    illustrative: bool
    basis: str


def read_folder(folder: Path) -> list[Given]:
    """All rows of the folder's files, in the order of their names; none where there is no such folder.

    A row: ``quantity``, ``labels``, ``unit``, ``values`` (year to a number or to ``{notation, reason}``), and one of
    ``illustrative: true`` or ``from_plan: {line, quote}`` (with ``estimated: true`` where it was worked out from that line).

    Raises:
        UnableToReadDistrictFile
    """
    return [given for path in sorted(folder.glob("*.yaml")) for given in read_file(path)]


def read_file(path: Path) -> Iterator[Given]:
    """The rows of one file.

    Raises:
        UnableToReadDistrictFile
    """
    try:
        # Numbers stay as written: 0.50 is not 0.5.
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_AsWritten)  # noqa: S506 (a SafeLoader without floats)
    except yaml.YAMLError as error:
        raise UnableToReadDistrictFile(f"{path.name}: {error}") from error
    for number, row in enumerate(content["rows"], 1):
        where = f"{path.name}, row {number}"
        try:
            yield from _row(row, path.name, where)
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise UnableToReadDistrictFile(f"{where}: {error}") from error


# The same loader in C where it was built: ten times as fast on files of this size.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _AsWritten(_SafeLoader):
    """Reads every number as text."""


def _as_text(loader: Any, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


for _tag in ("tag:yaml.org,2002:float", "tag:yaml.org,2002:int"):
    _AsWritten.add_constructor(_tag, _as_text)


def _row(row: Mapping[str, Any], file: str, where: str) -> Iterator[Given]:
    named = labels(**{str(name): str(value) for name, value in (row.get("labels") or {}).items()})
    plan = row.get("from_plan")
    illustrative = row.get("illustrative") is True
    if (plan is None) != illustrative:
        raise ValueError("say either illustrative: true or from_plan with its line")
    basis = "" if plan is None else "plan_derived" if row.get("estimated") else "plan"
    place = f"规划文本第{plan['line']}行" if plan else f"示例数据 {file}"
    note = str(plan["quote"]) if plan else str(row.get("note", ""))
    for year, value in row["values"].items():
        number, notation, reason = None, None, ""
        if isinstance(value, Mapping):
            notation, reason = Notation(value["notation"]), str(value["reason"])
        else:
            number = Decimal(value)
        filled = Filled(
            row["quantity"], named, number, row["unit"], notation, reason, str(row.get("spread", "")), place, "", note
        )
        yield Given(int(year), filled, illustrative, basis)
