"""Lines that hold several cells, in tables whose rows do not all print every cell: which lines, and divided how."""

from __future__ import annotations

import re

from ..register import Line
from .header import Label, columns_of, kind_of
from .roles import Role, role_of
from .tokens import Token, is_furniture, is_group, is_page_mark, is_stop

PIPES = "|\uff5c│┃¦"
_RULE = re.compile(rf"^[\s{PIPES}:\-—─━=+┼├┤┬┴┌┐└┘╋_]+$")
_MOST_WORDS = 24


def divided_lines(lines: list[Line], ragged: dict[int, str], skip: frozenset[int]) -> dict[int, str]:
    """Line number → "pipe", "tab" or "space" for every line to be split into cells.

    ``ragged`` are the heads of tables with separators whose rows are of unequal length; heads of words set apart by
    single blanks (copied out of a PDF viewer) are found here.
    """
    out: dict[int, str] = {}
    how: str | None = None
    for line in lines:
        text = line.text.strip()
        if line.number in skip:
            how = None
            continue
        if line.number in ragged:
            how = ragged[line.number]
        elif how != "space" and _is_spaced_head(text):
            how = "space"
        if how is None or not text:
            continue
        if how == "space":
            if is_stop(text) or is_furniture(text) or (is_group(text) and " " not in text):
                how = None
                continue
            if re.search(r"\S\s+\S", text) and not is_page_mark(text):
                out[line.number] = how
        elif (how == "pipe" and any(p in text for p in PIPES)) or (how == "tab" and "\t" in line.text):
            out[line.number] = how
    return out


def _is_spaced_head(text: str) -> bool:
    words = text.split()
    if not 3 <= len(words) <= _MOST_WORDS or len(text) > 120:
        return False
    roles = [role_of(w) for w in words]
    if sum(r is None for r in roles) > 1 or roles[0] is None or (Role.NO not in roles and None in roles):
        return False
    return kind_of(columns_of([Label(w, ()) for w in words])) is not None


def cell_tokens(lines: list[Line], skip: frozenset[int], divided: dict[int, str]) -> list[Token]:
    """Tokens in order; for a divided line one per filled cell, with the empty cells before it counted as its gap."""
    out: list[Token] = []
    gap = 0
    barred = False
    previous: str | None = None
    wrapped = _wrapped_cells(lines, divided)
    inside = {n for numbers in wrapped.values() for n in numbers[:-1]}
    texts = {line.number: line.text.strip() for line in lines if line.number in inside}
    for line in lines:
        text = line.text.strip().strip("\u200b\ufeff\u3000\xa0")
        how = divided.get(line.number)
        if line.number in inside:
            continue
        if how is None or line.number in skip:
            if not text:
                gap += 0 if previous else 1
            elif line.number not in skip:
                out.append(Token(text, line.number, 0 if previous else gap))
                gap = 0
                previous = previous if previous and len(text) < 60 else None
            continue
        if how == "pipe" and previous != "pipe":
            barred = text[-1] in PIPES
        if _RULE.match(text):
            continue
        place = 0
        parts = _parts(line.text, how, barred)
        several = sum(1 for p in parts if p.strip()) > 1
        if any(line.number == numbers[-1] for numbers in wrapped.values()):
            parts = parts[1:]
        whole = wrapped.get(line.number, [])
        for part in parts[:-1] if whole else parts:
            bare = part.strip().strip("\u200b\ufeff\u3000\xa0")
            if not bare:
                gap += 1
                continue
            out.append(Token(bare, line.number, gap if previous or place else 0, place if several else None))
            place, gap, previous = place + 1, 0, how
        if whole:
            cell = whole[:-1]
            out.append(Token("\n".join(texts[n] for n in cell), cell[0], gap, place, tuple(cell[1:])))
            gap = 0
    return out


def _wrapped_cells(lines: list[Line], divided: dict[int, str]) -> dict[int, list[int]]:
    """Cells of several paragraphs between tabs: the row stops after a tab, paragraphs follow, a tab goes on.

    Line where the row stops → lines of the paragraphs, and last the line that goes on.
    """
    found: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        if divided.get(line.number) != "tab" or not line.text.rstrip("\n ").endswith("\t"):
            continue
        cell: list[int] = []
        for after in lines[i + 1 : i + 12]:
            if divided.get(after.number) == "tab":
                if cell and after.text.startswith("\t"):
                    found[line.number] = [*cell, after.number]
                break
            if after.text.strip():
                cell.append(after.number)
    return found


def _parts(text: str, how: str, barred: bool) -> list[str]:
    if how == "space":
        return text.split()
    if how == "tab":
        return text.rstrip("\n").split("\t")
    body = text.strip()
    parts = re.split(rf"[{PIPES}]", body)
    if body[0] in PIPES:
        parts = parts[1:]
    if barred and body[-1] in PIPES:
        parts = parts[:-1]
    return parts
