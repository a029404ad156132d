"""Every kind of finding and every reason code has its words in both languages."""

import re
from pathlib import Path

import pytest

from qihou.domains.plan.methods import audit, wording
from qihou.domains.plan.methods.wording import KINDS, REASONS, name, reason, render

METHODS = Path(audit.__file__).parents[1]
HAN = re.compile(r"[\u4e00-\u9fff]")


def kinds_in_code() -> set[str]:
    source = "\n".join(p.read_text(encoding="utf-8") for p in (METHODS / "audit").glob("*.py"))
    return {k for k in re.findall(r'"([a-z]+(?:_[a-z]+)+)"', source) if k in KINDS} | set(
        re.findall(r'finding\(\s*"([a-z_]+)"', source)
    )


def test_the_list_of_kinds_is_the_list_the_audit_can_give():
    assert kinds_in_code() == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_is_named_and_explained_in_both_languages(kind):
    words = KINDS[kind]
    for text in (words.name_zh, words.about_zh, words.zh):
        assert HAN.search(text)
        assert not re.search(r"[\u4e00-\u9fff],|[\u4e00-\u9fff];", text), "half-width punctuation in a Chinese sentence"
    for text in (words.name_en, words.about_en, words.en):
        assert re.search(r"[A-Za-z]{3}", text)
        assert not re.search(r"[\u4e00-\u9fff]{2,}", text)
    assert words.zh.endswith(("。", "]]")), words.zh
    assert words.en.endswith((".", "?", "]]")), words.en
    assert set(re.findall(r"{(\w+)", words.zh))


def test_lines_stand_at_the_end():
    params = {"numbers": ["1"], "count": 1, "total": 3, "at": [12, 14]}
    assert render("indicators_assigned", params, "zh").endswith("(第12、14行)".translate({40: 0xFF08, 41: 0xFF09}))
    assert render("indicators_assigned", params, "en").endswith(" (lines 12, 14)")
    assert render("indicators_assigned", {**params, "at": [12]}, "en").endswith(" (line 12)")


def test_an_unknown_kind_is_still_readable():
    assert "something_new" in render("something_new", {"no": "3"}, "zh")
    assert name("something_new", "en") == "something_new"


def test_missing_parameters_leave_a_dash_and_no_error():
    for kind in KINDS:
        for language in ("zh", "en"):
            assert "{" not in render(kind, {}, language)


def test_every_reason_code_of_the_methods_has_words():
    source = [p.read_text(encoding="utf-8") for p in METHODS.rglob("*.py")]
    used = {code for text in source for code in re.findall(r'reason\s*=\s*"(\w+)"', text)}
    used |= {code for text in source for code in re.findall(r'How\.[A-Z]+, [\d.* a-z]+, "(\w+)"', text)}
    used |= {code for text in source for code in re.findall(r'"(funding_[a-z_]+)"', text) if code in REASONS}
    used -= {"funding_amounts"}
    assert used >= {"funding_forced", "merged_cell"}
    assert used <= set(REASONS)


@pytest.mark.parametrize("code", sorted(set(REASONS) - {""}))
def test_a_reason_reads_in_both_languages(code):
    params = {"totals": ["private"], "values": ["5", None], "amounts": ["5"]}
    assert HAN.search(reason(code, params, "zh"))
    assert re.search(r"[A-Za-z]{3}", reason(code, params, "en"))


def test_a_hint_is_told_as_a_hint():
    params = {"values": ["5", None], "hint_blank_lines": {"before": 1}}
    assert "not used" in reason("funding_undecided", params, "en")
    assert "not used" not in reason("funding_undecided", {"values": ["5"]}, "en")


def test_numbers_are_words_a_reader_knows():
    assert wording.render(
        "count_differs", {"thing": "indicator", "nature": "", "claimed": 13, "counted": 12}, "en"
    ) == ("The text speaks of 13 indicators; the table prints 12.")
