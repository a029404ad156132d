"""Both languages are complete: every string that can be shown has its English."""

import importlib.util
import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools/messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def english():
    return {
        (e.msgid, e.msgctxt): e
        for e in polib.pofile(str(ROOT / "src/qihou/locale/en/LC_MESSAGES/django.po"))
        if not e.obsolete
    }


def test_every_string_has_its_english(tool, english):
    missing = []
    for (msgid, _plural, context), places in tool.collect().items():
        entry = english.get((msgid, context))
        if entry is None or entry.fuzzy or not entry.translated():
            missing.append(f"{places[0][0]}: {msgid}")
    assert missing == [], (
        f"{len(missing)} strings without English; run `python tools/messages.py update` and fill them in"
    )


def test_the_english_keeps_every_placeholder(english):
    for entry in english.values():
        wanted = set(re.findall(r"%\((\w+)\)", entry.msgid))
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            if text:
                assert set(re.findall(r"%\((\w+)\)", text)) <= wanted, entry.msgid
                assert wanted - set(re.findall(r"%\((\w+)\)", text)) <= {"n", "count", "counter"}, entry.msgid


def test_the_english_is_english(english):
    """No Chinese is left in a translation, but for words of the document in quotes or brackets."""
    left = [e.msgid for e in english.values() if HAN.search(re.sub(r"“[^”]*”|\([^)]*\)", "", e.msgstr))]
    assert left == []


def test_no_text_on_a_template_escapes_translation():
    """Chinese that stands in a template outside a translation tag would show in the English pages."""
    trouble = []
    for path in sorted((ROOT / "src/qihou").rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{%\s*blocktrans.*?{%\s*endblocktrans(late)?\s*%}", "", text, flags=re.DOTALL)
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.DOTALL)
        text = re.sub(r"<button[^>]*lang=\"zh-Hans\">中文</button>", "", text)
        if found := HAN.search(text):
            line = text[: found.start()].count("\n") + 1
            trouble.append(f"{path.relative_to(ROOT)}:{line} {text[found.start() : found.start() + 20]!r}")
    assert trouble == []
