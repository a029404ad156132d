"""What a cell was before each correction, kept so that undoing gives it back exactly.

``cell["past"]`` is a stack: one entry for every correction that stands, the last on top. An entry holds the columns of
the cell's value (decimals as text) or its organisations, how the value was got, and the row's review before.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qihou.record.api import organisations
from qihou.record.models import Organisation

from ..models import Correction, Indicator, Involvement, Item, RowReview
from .errors import ChangedMeanwhile
from .rows import year_month
from .stored import clean
from .typed import ORGANISATIONS, columns_of
from .words import FIELDS, value_text

_HOW = ("how", "confidence", "reason", "params", "undetermined", "corrected", "was")


def remember(row: Item, field: str, cell: dict[str, Any]) -> dict[str, Any]:
    """The cell as it stands, before a correction changes it."""
    entry: dict[str, Any] = {"cell": {k: cell[k] for k in _HOW if k in cell}, "review": row.review}
    if field in ORGANISATIONS:
        entry["parties"] = [
            {
                "printed": p.printed,
                "organisation": str(p.organisation.uid) if p.organisation else None,
                "matched": p.matched,
            }
            for p in Involvement.objects.filter(item=row, part=ORGANISATIONS[field])
            .select_related("organisation")
            .order_by("order")
        ]
    else:
        target, names = columns_of(row, field)
        if isinstance(target, Indicator) and field == "target":
            names = (*names, "assigned_later")
        entry["columns"] = {name: clean(getattr(target, name)) for name in names}
    return entry


def bring_back(row: Item, field: str, cell: dict[str, Any], entry: dict[str, Any]) -> None:
    """Make the cell what ``entry`` says; the row itself is saved by the caller."""
    if field in ORGANISATIONS:
        _bring_back_parties(row, ORGANISATIONS[field], entry["parties"])
    else:
        target, _names = columns_of(row, field)
        for name, value in entry["columns"].items():
            is_number = value is not None and type(target._meta.get_field(name)).__name__ == "ExactDecimalField"
            setattr(target, name, Decimal(value) if is_number else value)
        if target is not row:
            target.save()
    for key in _HOW:
        cell.pop(key, None)
    cell.update(entry["cell"])
    row.open_cells = sum(1 for c in row.cells.values() if c.get("undetermined"))
    if any(c.get("corrected") for c in row.cells.values()):
        row.review = RowReview.CORRECTED
    else:
        row.review = RowReview.UNREVIEWED if entry["review"] == RowReview.CORRECTED else entry["review"]


def _bring_back_parties(row: Item, part: str, parties: list[dict[str, Any]]) -> None:
    """As they were matched; a name nobody knew then is looked up again, since it may have been matched since."""
    matcher = organisations.matcher(row.district)
    uids = [p["organisation"] for p in parties if p["organisation"]]
    ids = {str(o.uid): o.pk for o in Organisation.objects.filter(district_id=row.district_id, uid__in=uids)}
    Involvement.objects.filter(item=row, part=part).delete()
    made = []
    for order, party in enumerate(parties, 1):
        known, matched = ids.get(party["organisation"] or ""), party["matched"]
        if known is None and (found := matcher.explain(party["printed"])):
            known, matched = found.organisation.pk, found.how
        made.append(
            Involvement(
                district_id=row.district_id, item=row, organisation_id=known, printed=party["printed"], part=part,
                order=order, matched=matched,
            )
        )  # fmt: skip
    Involvement.objects.bulk_create(made)


def shown(row: Item, field: str) -> Any:
    """The cell's value as a correction records it: plain text, or a list of organisations' names."""
    if field in ORGANISATIONS:
        rows = Involvement.objects.filter(item=row, part=ORGANISATIONS[field]).order_by("order")
        return list(rows.values_list("printed", flat=True))
    target, names = columns_of(row, field)
    if field in ("start", "end"):
        return year_month(getattr(target, names[0]), getattr(target, names[1]))
    return clean(getattr(target, names[0]))


def must_have_seen(row: Item, fields: tuple[str, ...], seen: int | None) -> None:
    """Refuse when the cells were corrected more often than the page that was answered showed.

    Raises:
        ChangedMeanwhile: with who changed the cell last, and what it says now.
    """
    made = Correction.objects.filter(item=row, field__in=fields)
    if seen is not None and made.count() != seen:
        refuse_changed(row, fields)


def refuse_changed(row: Item, fields: tuple[str, ...]) -> None:
    """Say who changed one of the cells last, if anybody did.

    Raises:
        ChangedMeanwhile
    """
    last = (
        Correction.objects.filter(item=row, field__in=fields)
        .select_related("by")
        .order_by("-created_at", "-pk")
        .first()
    )
    if last is None:
        return
    now = _("、").join(map(str, last.after)) if isinstance(last.after, list) else value_text(last.field, last.after)
    raise ChangedMeanwhile(
        _(
            "您打开本页之后，{name}把“{field}”改成了“{now}”，依据：{reason}。您填写的内容还在；核对之后再按一次，才会覆盖。"
        ).format(
            name=last.by.name if last.by else _("别人"),
            field=FIELDS.get(last.field, last.field),
            now=now or _("（空）"),
            reason=last.reason or _("没有写"),
        ),
        field=last.field,
    )
