"""Holds a reading of a document beside its hand-written truth, field by field.

Truth values: a plain value must be met; ``"~"`` is not asserted; ``{"any": […]}`` one of several honest readings;
``{"assigned": text}`` a target set by a higher level (no number may appear); ``{"text": …}`` a target in words;
``{"has": text}`` a text that must stand inside the row's text. Money is in 万元.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

KINDS = ("indicators", "projects", "tasks")
FUNDING = ("upper_level", "district_budget", "private")
LISTS = ("leads", "supporting", "departments")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
NUMBERING = re.compile(r"^(第[一二三四五六七八九十\d]+[章节]|[(（]?[一二三四五六七八九十]+[)）、.]|\d+[.、](?!\d))")


@dataclass(frozen=True)
class Mismatch:
    kind: str
    row: str
    field: str
    expected: Any
    got: Any
    lines: Any = None

    def __str__(self) -> str:
        where = f" line {self.lines}" if self.lines else ""
        return f"{self.kind} {self.row!r}: {self.field} expected {self.expected!r}, got {self.got!r}{where}"


@dataclass
class Score:
    """Rows and fields of one kind: how many expected, got, found; how many fields right."""

    expected: int = 0
    got: int = 0
    found: int = 0
    fields: int = 0
    right: int = 0
    wrong: list[Mismatch] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.found / self.got if self.got else 1.0


def plain(text: Any) -> str:
    """Compatibility form, no white space, no closing stop, one form of quotation marks and brackets."""
    flat = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text or "")))
    return flat.translate(str.maketrans({"“": '"', "”": '"', "—": "-", "–": "-", "～": "~"})).strip("。.;；")


def heading(text: Any) -> str:
    return NUMBERING.sub("", plain(text)).strip("。.")


def name_only(text: Any) -> str:
    """A name without its number in front and without a unit in brackets behind it."""
    return re.sub(r"[(\[][^()\[\]]*[)\]]$", "", heading(text))


def unit(text: Any) -> str:
    return plain(text).strip("()[]")


def number(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def truth_rows(section: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(section["columns"], row, strict=True)) for row in section["rows"]]


def value_of(row: dict[str, Any], name: str) -> Any:
    return row["funding"][name] if name in FUNDING else row.get(name)


def same_list(want: list[str], got: Any) -> bool:
    if not isinstance(got, list):
        return False
    return {plain(x).removeprefix("各") for x in want} == {plain(x).removeprefix("各") for x in got}


def meets(name: str, want: Any, got: Any, row: dict[str, Any]) -> bool:
    if want == "~":
        return True
    if isinstance(want, dict):
        if "any" in want:
            return any(meets(name, one, got, row) for one in want["any"])
        if "assigned" in want:
            return number(got) is None and (row.get("target_state") in (None, "assigned"))
        if "text" in want:
            return number(got) is None
        return plain(want["has"]) in plain(f"{row.get('key_task') or ''}{row.get('text') or ''}")
    if name in LISTS and isinstance(want, list):
        return same_list(want, got)
    if isinstance(want, bool):
        return bool(got) is want
    if isinstance(want, (int, float)):
        return number(got) == number(want)
    if want is None:
        return got is None or got == ""
    if want == "undetermined":
        return bool(got == "undetermined")
    if name == "name":
        return name_only(got) == name_only(want)
    if name == "unit":
        return unit(got) == unit(want)
    if name in ("category", "chapter", "key_task"):
        return heading(got) == heading(want)
    return plain(got) == plain(want)


def label(row: dict[str, Any]) -> str:
    for name in ("name", "text", "content", "key_task"):
        text = row.get(name)
        text = (text.get("has") or text["any"][0]) if isinstance(text, dict) else text
        if text and text != "~":
            return str(text)
    return ""


def likeness(kind: str, want: dict[str, Any], got: dict[str, Any]) -> float:
    ours, theirs = plain(label(want)), plain(label(got))
    if kind == "tasks":
        theirs = plain(f"{got.get('key_task') or ''}{got.get('text') or ''}")
    if ours and ours in theirs:
        base = 1.0
    else:
        base = SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
    return base + (0.1 if str(want.get("no")) == str(got.get("no")) else 0.0)


def pair(kind: str, want: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Best pairs of expected and got rows, each used once, at least half alike."""
    scored = sorted(
        ((likeness(kind, w, g), -abs(i - k), i, k) for i, w in enumerate(want) for k, g in enumerate(got)),
        reverse=True,
    )
    ours: set[int] = set()
    theirs: set[int] = set()
    pairs = []
    for score, _, i, k in scored:
        if score >= 0.5 and i not in ours and k not in theirs:
            ours.add(i)
            theirs.add(k)
            pairs.append((i, k))
    return sorted(pairs)


def compare(kind: str, section: dict[str, Any] | str | None, got: list[dict[str, Any]]) -> Score:
    if isinstance(section, str):
        return Score(got=len(got), found=len(got))
    want = truth_rows(section) if section else []
    score = Score(expected=len(want), got=len(got))
    pairs = pair(kind, want, got)
    score.found = len(pairs)
    for i in sorted(set(range(len(want))) - {i for i, _ in pairs}):
        score.wrong.append(Mismatch(kind, label(want[i]), "row", "present", "missing"))
    for k in sorted(set(range(len(got))) - {k for _, k in pairs}):
        score.wrong.append(Mismatch(kind, label(got[k]), "row", "no such row", "present", got[k].get("lines")))
    years = (section or {}).get("years", {})
    for i, k in pairs:
        row = got[k]
        for name, value in want[i].items():
            if value == "~":
                continue
            score.fields += 1
            if meets(name, value, value_of(row, name), row):
                score.right += 1
            else:
                line = (row.get("lines") or {}).get(f"funding.{name}" if name in FUNDING else name)
                score.wrong.append(Mismatch(kind, label(want[i]), name, value, value_of(row, name), line))
        if isinstance(row.get("years"), dict):
            for year, value in years.get(label(want[i]), {}).items():
                score.fields += 1
                if number(row["years"].get(year)) == number(value):
                    score.right += 1
                else:
                    score.wrong.append(Mismatch(kind, label(want[i]), year, value, row["years"].get(year)))
    return score


def flatten(values: Any) -> Iterator[int]:
    if isinstance(values, int):
        yield values
    elif isinstance(values, dict):
        for one in values.values():
            yield from flatten(one)
    elif isinstance(values, (list, tuple)):
        for one in values:
            yield from flatten(one)


def invented(kind: str, row: dict[str, Any], source: dict[int, str]) -> list[Mismatch]:
    """Numbers of a row that stand on none of the lines it cites (sums of funding sources and 亿元 → 万元 allowed)."""
    cited = unicodedata.normalize(
        "NFKC", "\n".join(source.get(n, "") for n in sorted(set(flatten(row.get("cell_lines")))))
    )
    bare = re.sub(r"[\s,]", "", cited)
    joined = (cited, re.sub(r"(?<=\d),(?=\d{3})", "", cited), re.sub(r"(?<=\d)[ \u00a0,]+(?=\d)", "", cited))
    there = {Decimal(n) for text in joined for n in NUMBER.findall(text)}
    found = []

    def stands(value: Decimal, *, money: bool = False, summed: bool = False) -> bool:
        size = abs(value)
        if size in there or (money and size / 10000 in there):
            return True
        return summed and any(sum(c) == size for k in (2, 3) for c in combinations(there, k))

    checks: list[tuple[str, Any, dict[str, bool]]] = []
    if kind == "indicators":
        checks += [(f, row.get(f), {}) for f in ("base", "target")]
    if kind == "projects":
        for name in ("start", "end"):
            if isinstance(row.get(name), int) and str(row[name]) not in bare:
                found.append(Mismatch(kind, label(row), name, "a year of the cited lines", row[name], row.get("lines")))
        checks.append(("investment", row.get("investment"), {"money": True}))
        checks += [(f, row["funding"].get(f), {"money": True, "summed": True}) for f in FUNDING]
    for name, value, how in checks:
        size = number(value)
        if size is not None and not stands(size, **how):
            found.append(Mismatch(kind, label(row), name, "a number of the cited lines", value, row.get("lines")))
    for name in ("name", "content", "text", "key_task"):
        for digits in NUMBER.findall(unicodedata.normalize("NFKC", str(row.get(name) or ""))):
            if digits not in bare:
                found.append(Mismatch(kind, label(row), name, "digits of the cited lines", digits, row.get("lines")))
    return found


def unmatched_plants(
    planted: Iterable[dict[str, Any]], findings: list[dict[str, Any]], source: dict[int, str]
) -> list[str]:
    """Planted contradictions for which no finding of its own cites one of their lines."""
    flat = {n: plain(t) for n, t in source.items()}
    wanted = []
    for plant in planted:
        if plant.get("optional"):
            continue
        lines = {n for n, text in flat.items() for quote in plant["quotes"] if plain(quote) in text}
        lines |= {n for n, text in flat.items() for quote in plant["quotes"] if len(text) > 5 and text in plain(quote)}
        wanted.append((plant["what"], lines))
    touches = [[k for k, f in enumerate(findings) if lines & set(f["lines"])] for _, lines in wanted]
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for k in touches[i]:
            if k not in seen:
                seen.add(k)
                if k not in owner or place(owner[k], seen):
                    owner[k] = i
                    return True
        return False

    return [what for i, (what, _) in enumerate(wanted) if not place(i, set())]
