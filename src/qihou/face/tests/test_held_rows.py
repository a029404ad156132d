"""Rows written once: never another row's HTML, another language's, or yesterday's."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.http import QueryDict
from django.utils import translation

from qihou.face.tables import Column, Table
from qihou.face.tables import held as held_rows


@dataclass(frozen=True)
class Thing:
    name: str


@pytest.fixture(autouse=True)
def nothing_held():
    held_rows._held.clear()
    yield
    held_rows._held.clear()


def table(written: list[str], *held_for: str) -> Table:
    def value(row: Thing) -> str:
        written.append(row.name)
        return f"{row.name} {translation.get_language()}"

    return Table("t", [Column("name", "名称", value=value, sortable=False)], held_for=held_for)


def html(of: Table, *rows: Thing) -> str:
    return str(of.bind(list(rows), QueryDict()).head_and_body())


def test_the_same_object_is_written_once_and_an_equal_one_again():
    written: list[str] = []
    first = Thing("甲")
    of = table(written, "v1")
    assert html(of, first) == html(of, first)
    assert written == ["甲"]
    html(of, Thing("甲"))
    assert written == ["甲", "甲"]


def test_another_version_and_another_language_are_written_anew():
    written: list[str] = []
    row = Thing("甲")
    assert "甲 zh-hans" in html(table(written, "v1"), row)
    html(table(written, "v2"), row)
    with translation.override("en"):
        assert "甲 en" in html(table(written, "v1"), row)
    assert len(written) == 3


def test_nothing_is_held_unless_the_table_says_for_what():
    written: list[str] = []
    row = Thing("甲")
    html(table(written), row)
    html(table(written), row)
    assert written == ["甲", "甲"]
    assert not held_rows._held


def test_what_is_held_is_bounded(monkeypatch):
    monkeypatch.setattr(held_rows, "MOST_HELD", 3)
    html(table([], "v"), *(Thing(str(n)) for n in range(10)))
    assert [row.name for row, _ in held_rows._held.values()] == ["7", "8", "9"]
