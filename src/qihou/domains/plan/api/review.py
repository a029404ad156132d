"""A reviewer's acts on a draft version: correct, confirm, match names, settle findings, discard."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from qihou.record.api import audit, organisations
from qihou.record.api import findings as record_findings
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Finding, Organisation

from ..models import Correction, Indicator, Involvement, Item, ItemKind, PlanVersion, RowReview, VersionStatus
from . import past
from .adoption import name_first_leads
from .errors import UnableToChange
from .rows import FIELDS
from .scope import item_row, one, version_row
from .stored import clean, fit
from .taking_in import involvement
from .typed import ORGANISATIONS, names_typed, read_typed


def correct_cell(
    actor: Actor, district: Feature, item: UUID, field: str, value: Any, reason: str, *, seen: int | None = None
) -> Correction:
    """Set one cell to what the reviewer found, and keep what stood before with the reason.

    ``value`` is what was typed: a text (empty clears the cell), or for organisations a list of names or a text with
    separators. Giving the same value as before settles an undetermined cell. ``seen`` is how many corrections of the cell
    the reviewer was shown, undoings included.

    Raises:
        NotPermitted, UnableToFind
        ChangedMeanwhile: the cell was corrected since.
        UnableToChange: the version is not under review, no such field, the value does not fit, or no reason.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    if not reason.strip():
        raise UnableToChange(_("请写明更正的理由。"), field="reason")
    with transaction.atomic():
        row = under_review(item_row(district, item))
        if field not in FIELDS[row.kind]:
            raise UnableToChange(_("这一行没有“{field}”这一栏。").format(field=field), field=field)
        past.must_have_seen(row, (field,), seen)
        cell = row.cells.setdefault(field, {"printed": "", "lines": [], "confidence": 1.0, "how": "absent"})
        former, before = past.remember(row, field, cell), past.shown(row, field)
        if field in ORGANISATIONS:
            after: Any = _set_organisations(row, ORGANISATIONS[field], names_typed(value))
        else:
            after = _set_columns(row, field, value)
        was_open = bool(cell.pop("undetermined", False))
        if before == after and not was_open:
            raise UnableToChange(_("新值与原值相同，没有可更正的。"), field=field)
        if not cell.get("corrected"):
            cell["was"] = {"how": cell["how"], "confidence": cell["confidence"]}
        cell.update(corrected=True, how="corrected", confidence=1.0)
        row.open_cells -= was_open
        row.review = RowReview.CORRECTED
        correction = Correction.objects.create(
            district=district,
            item=row,
            field=field,
            before="undetermined" if was_open else before,
            after=after,
            reason=clean(reason),
            by_id=actor.person_id,
        )
        cell["past"] = [*cell.get("past", ()), {**former, "correction": str(correction.uid)}]
        row.save()
        audit.write(
            actor, "plan.correct", district=district, about=row,
            detail={"field": field, "before": correction.before, "after": after, "reason": reason},
        )  # fmt: skip
    return correction


def confirm_item(actor: Actor, district: Feature, item: UUID) -> Item:
    """Say that a row was checked against the document and is right as it stands.

    Raises:
        UnableToChange: cells are undetermined, or the version is not under review.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = under_review(item_row(district, item))
        if row.open_cells:
            raise UnableToChange(_("还有 {count} 个待定的单元格，先确定它们。").format(count=row.open_cells))
        if row.review == RowReview.UNREVIEWED:
            row.review = RowReview.CONFIRMED
            row.save(update_fields=["review"])
            audit.write(actor, "plan.confirm", district=district, about=row, detail={"kind": row.kind, "no": row.no})
    return row


def confirm_all(actor: Actor, district: Feature, version: UUID, kind: str) -> int:
    """Confirm every unreviewed row of a kind that has no undetermined cell. Gives how many.

    Raises:
        UnableToChange: no such kind, or the version is not under review.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    if kind not in ItemKind.values:
        raise UnableToChange(_("没有这类条目。"), field="kind")
    with transaction.atomic():
        row = open_version(version_row(district, version))
        rows = Item.objects.filter(version=row, kind=kind, review=RowReview.UNREVIEWED, open_cells=0)
        count = rows.update(review=RowReview.CONFIRMED)
        if count:
            audit.write(actor, "plan.confirm_all", district=district, about=row, detail={"kind": kind, "count": count})
    return count


def match_printed_organisation(actor: Actor, district: Feature, version: UUID, printed: str, organisation: UUID) -> int:
    """Say whom a printed name means: it becomes the organisation's alias, and every unmatched row of it is linked.

    Adopted versions may be matched too: the wording stays, only who is meant becomes known. Gives how many were linked.

    Raises:
        UnableToChange: the name means another organisation already, or stands unmatched nowhere in the version.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = version_row(district, version)
        PlanVersion.objects.select_for_update().get(pk=row.pk)  # nobody else changes its rows' organisations now
        found = one(Organisation.objects.filter(district=district), organisation)
        unmatched = Involvement.objects.filter(
            item__version__plan_id=row.plan_id, printed=printed, organisation__isnull=True
        )
        if not unmatched.filter(item__version=row).exists():
            raise UnableToChange(_("这个版本里没有未匹配的“{name}”。").format(name=printed[:60]), field="printed")
        try:
            organisations.add_alias(actor, found, printed, note=_("规划文本中的写法"))
        except organisations.UnableToNameOrganisation as trouble:
            raise UnableToChange(_("“{name}”已经是另一个单位的名称。").format(name=printed[:60])) from trouble
        count = unmatched.update(organisation=found, matched="alias")
        for adopted in row.plan.versions.filter(status=VersionStatus.ADOPTED):
            name_first_leads(adopted)
        audit.write(
            actor, "plan.match", district=district, about=row,
            detail={"printed": printed, "organisation": found.code, "count": count},
        )  # fmt: skip
    return count


def set_finding_state(
    actor: Actor, district: Feature, finding: UUID, state: str, note: str = "", corrected_in: str = ""
) -> Finding:
    """Settle a finding (explained needs a note; corrected names the version), or open it again.

    Raises:
        UnableToChange: note or version missing, or no such state.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    row = one(Finding.objects.filter(district=district, about_kind="plan.version"), finding)
    try:
        return record_findings.set_state(actor, row, state, note=clean(note), corrected_in=clean(corrected_in))
    except record_findings.UnableToSettle as trouble:
        raise UnableToChange(_("说明一个问题要写理由；标为已更正要写明在哪个版本更正。"), field="note") from trouble


def discard(actor: Actor, district: Feature, version: UUID, reason: str) -> PlanVersion:
    """Put a draft version aside; it stays on record, and its file may be imported again.

    Raises:
        UnableToChange: it is not under review, or no reason is given.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    if not reason.strip():
        raise UnableToChange(_("请写明作废的理由。"), field="reason")
    with transaction.atomic():
        row = open_version(version_row(district, version))
        row.status, row.status_note = VersionStatus.DISCARDED, clean(reason)
        row.save(update_fields=["status", "status_note"])
        audit.write(actor, "plan.discard", district=district, about=row, detail={"reason": reason})
    return row


def open_version(version: PlanVersion) -> PlanVersion:
    """The version, locked, if it is under review."""
    locked = PlanVersion.objects.select_for_update().get(pk=version.pk)
    if locked.status != VersionStatus.REVIEW:
        raise UnableToChange(_("这个版本不在复核中，不能再改。"))
    version.status = locked.status
    return version


def under_review(item: Item) -> Item:
    """The item as it is now, its version locked against adoption and other reviewers."""
    open_version(item.version)
    return item_row(item.version.district, item.uid)


def _set_columns(row: Item, field: str, value: Any) -> Any:
    typed = read_typed(row, field, value)
    target = row if typed.on == "item" else getattr(row, row.kind)
    for name, new in typed.columns.items():
        setattr(target, name, new)
    if isinstance(target, Indicator) and typed.columns.get("target") is not None:
        target.assigned_later = False
    if typed.on == "kind":
        target.save()
    return past.shown(row, field)


def _set_organisations(row: Item, part: str, names: list[str]) -> list[str]:
    former = Involvement.objects.filter(item=row, part=part)
    if list(former.order_by("order").values_list("printed", flat=True)) != names:
        matcher = organisations.matcher(row.district)
        former.delete()
        Involvement.objects.bulk_create(
            involvement(row, fit(name, 200), part, order, matcher.explain(name)) for order, name in enumerate(names, 1)
        )
    return names
