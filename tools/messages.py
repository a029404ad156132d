"""The translations: ``update`` collects every source string, ``missing`` prints those without English as JSON,
``fill FILE.json`` takes ``{"中文": "English"}`` (``-`` reads standard input), ``compile`` makes the ``.mo``.

Source strings are Chinese. They are found in templates, in Python, in our scripts, and as labels of ``models.TextChoices``.
"""

from __future__ import annotations

import ast
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/qihou"
CATALOGUE = SOURCE / "locale/en/LC_MESSAGES/django.po"
KEYWORDS = {
    "_": None, "lazy": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip

Message = tuple[str, str | None, str | None]  # msgid, plural, context


def called(path: Path) -> Iterator[tuple[int, Message]]:
    """Strings handed to a gettext function."""
    yield from (in_python(path) if path.suffix == ".py" else in_template(path))


def in_python(path: Path) -> Iterator[tuple[int, Message]]:
    """By the syntax tree, which also sees calls inside f-strings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in KEYWORDS:
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name.startswith("pgettext") and len(texts) == 2:
            yield node.lineno, (texts[1], None, texts[0])
        elif name.startswith("ngettext") and len(texts) == 2:
            yield node.lineno, (texts[0], texts[1], None)
        elif texts and texts[0]:
            yield node.lineno, (texts[0], None, None)


def in_template(path: Path) -> Iterator[tuple[int, Message]]:
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    text = templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()
    for line, messages, _comments, context in extract("python", io.BytesIO(text), keywords=KEYWORDS):
        found = (messages,) if isinstance(messages, str) else messages
        if found[0]:
            yield line, (found[0], found[1] if len(found) > 1 else None, context)


def choices(path: Path) -> Iterator[tuple[int, Message]]:
    """Labels of ``models.TextChoices``: the second of each pair."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ClassDef) or "TextChoices" not in ast.unparse(ast.Tuple(elts=node.bases)):
            continue
        for statement in node.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
                label = statement.value.elts[1]
                if isinstance(label, ast.Constant) and isinstance(label.value, str):
                    yield statement.lineno, (label.value, None, None)


def sources() -> Iterator[Path]:
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        if not {"tests", "migrations", "vendor"} & set(path.relative_to(SOURCE).parts):
            yield path


def collect() -> dict[Message, list[tuple[str, str]]]:
    """Every source string with the places it stands at."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    found: dict[Message, list[tuple[str, str]]] = {}
    for path in sources():
        messages = list(called(path))
        if path.suffix == ".py" and path.parent.name == "models":
            messages += choices(path)
        for _line, message in messages:
            place = (path.relative_to(ROOT).as_posix(), "")
            places = found.setdefault(message, [])
            if place not in places:
                places.append(place)
    return found


def load() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=110)
    made = polib.POFile(wrapwidth=110)
    made.metadata = {
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return made


def save(catalogue: polib.POFile) -> None:
    catalogue.sort(key=lambda entry: (entry.msgctxt or "", entry.msgid))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    waiting = CATALOGUE.with_suffix(".po.new")
    catalogue.save(str(waiting))
    waiting.replace(CATALOGUE)


def update() -> None:
    """Add what is new, drop what is gone, keep every translation that is still wanted."""
    old = {(e.msgid, e.msgid_plural or None, e.msgctxt): e for e in load() if not e.obsolete}
    made = load()
    made.clear()
    for message, places in collect().items():
        msgid, plural, context = message
        kept = old.get(message)
        entry = polib.POEntry(msgid=msgid, msgctxt=context, occurrences=places)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = dict(kept.msgstr_plural) if kept else {0: "", 1: ""}
        elif kept:
            entry.msgstr = kept.msgstr
        if "%(" in msgid:
            entry.flags = ["python-format"]
        made.append(entry)
    save(made)
    print(f"messages: {len(made)} strings, {len(untranslated(made))} without English")


def untranslated(catalogue: polib.POFile) -> list[polib.POEntry]:
    return [e for e in catalogue if not e.obsolete and (not e.translated() or e.fuzzy)]


def missing() -> None:
    print(json.dumps({e.msgid: "" for e in untranslated(load())}, ensure_ascii=False, indent=1))


def fill(path: str) -> None:
    """Translations from a file; a plural takes ``["one", "other"]``. Strings not in the catalogue are named."""
    text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    given: dict[str, str | list[str]] = json.loads(text)
    catalogue = load()
    known = {e.msgid: e for e in catalogue if not e.obsolete}
    for msgid, translation in given.items():
        entry = known.get(msgid)
        if entry is None:
            print(f"messages: not in the catalogue (run update first?): {msgid}", file=sys.stderr)
        elif entry.msgid_plural:
            forms = [translation, translation] if isinstance(translation, str) else translation
            entry.msgstr_plural = dict(enumerate(forms))
        elif isinstance(translation, str):
            entry.msgstr = translation
    save(catalogue)
    print(f"messages: {len(untranslated(catalogue))} still without English")


def compile_all() -> None:
    for path in SOURCE.glob("locale/*/LC_MESSAGES/*.po"):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(target))


def main() -> None:
    acts = {"update": update, "missing": missing, "compile": compile_all}
    arguments = sys.argv[1:]
    if arguments[:1] == ["fill"] and len(arguments) == 2:
        fill(arguments[1])
    elif len(arguments) == 1 and arguments[0] in acts:
        acts[arguments[0]]()
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
