"""The record's tables in a district's archive."""

from typing import Any

from django.db.models import Q, QuerySet

from qihou.record.api.archives.registry import Declaration, Excluded, Owned, Shared
from qihou.record.models import Feature, Person


def _places(district: Feature) -> QuerySet[Any]:
    """The district's places, and what lies above it, as far up as the record knows."""
    above = []
    place = district.parent
    while place is not None:
        above.append(place.pk)
        place = place.parent
    return Feature.objects.filter(Q(district=district) | Q(pk__in=above))


def _people(district: Feature) -> QuerySet[Any]:
    return Person.objects.filter(organisation__district=district)


TABLES: list[Declaration] = [
    Owned("record.Feature", rows=_places, key=("kind", "code")),
    Owned("record.Geometry"),
    Owned("record.Organisation"),
    Owned("record.Alias"),
    Shared(
        "record.Person",
        key=("username",),
        leave_out=("password", "last_login", "oidc_subject", "must_change_password"),
        rename_on_clash=True,
        also=_people,
    ),
    Owned("record.Role"),
    Shared("record.Property", key=("code",), agree=("unit",)),
    Shared("record.Procedure", key=("code",), agree=("kind",)),
    Owned("record.Datastream"),
    Owned("record.Source", files="sha256"),
    Owned("record.Entry"),
    Owned("record.Run"),
    Owned("record.FigureRecord"),
    Owned("record.Commitment"),
    Owned("record.Finding"),
    Owned("record.Action"),
    Owned("record.ActionStep"),
    Excluded("record.AuditEvent", "travels as the district's own chain, audit.jsonl, which is verified on arrival"),
    Excluded("record.Job", "belongs to a process of one installation; its outcome is in the audit log"),
]
