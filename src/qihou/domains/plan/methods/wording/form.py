"""How a sentence is filled: lists joined, absent values dashed, and ``[[…]]`` left out where it has nothing to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, Literal

Language = Literal["zh", "en"]

_WORDS: dict[str, tuple[str, str]] = {
    "indicator": ("指标", "indicator"),
    "project": ("项目", "project"),
    "task": ("任务", "task"),
    "investment": ("投资", "investment"),
    "upper_level": ("上级资金", "upper-level funds"),
    "district_budget": ("区级财政投资", "district budget"),
    "private": ("社会投资", "private investment"),
    "leads": ("牵头单位", "leads"),
    "supporting": ("配合单位", "supporting bodies"),
    "body": ("正文", "the body"),
    "contents": ("目录", "the contents page"),
    "low": ("低于", "below"),
    "high": ("高于", "above"),
    "binding": ("约束性", "binding"),
    "expected": ("预期性", "expected"),
}
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_FIELD = re.compile(r"\{(\w+)")
MOST_LISTED = 12


@dataclass(frozen=True)
class Kind:
    """One kind of finding: its name, what it means, and the sentence for one case, in Chinese and in English."""

    name_zh: str
    name_en: str
    about_zh: str
    about_en: str
    zh: str
    en: str


class _Filled(Formatter):
    def __init__(self, language: Language) -> None:
        self.language = language

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key))

    def format_field(self, value: Any, format_spec: str) -> str:
        return words(value, self.language)


def words(value: Any, language: Language) -> str:
    """A parameter as a reader sees it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[language][value]
    if isinstance(value, list | tuple | set | frozenset):
        items = [words(v, language) for v in value]
        shown = items[:MOST_LISTED]
        joined = ("、" if language == "zh" else ", ").join(shown)
        if len(items) > MOST_LISTED:
            joined += f"等{len(items)}项" if language == "zh" else f" and {len(items) - MOST_LISTED} more"
        return joined
    if isinstance(value, Mapping):
        colon, comma = ("：", "，") if language == "zh" else (": ", ", ")
        return comma.join(f"{words(k, language)}{colon}{words(v, language)}" for k, v in value.items())
    text = str(value)
    return _WORDS[text][language == "en"] if text in _WORDS else text


def fill(template: str, params: Mapping[str, Any], language: Language) -> str:
    """``[[…]]`` stays only when every field in it has something to say."""

    def keep(m: re.Match[str]) -> str:
        fields = _FIELD.findall(m[1])
        return m[1] if all(params.get(f) not in (None, "", [], {}, (), False) for f in fields) else ""

    return _Filled(language).vformat(_OPTIONAL.sub(keep, template), (), params)


def where(lines: Any, language: Language) -> str:
    """The lines a finding stands on, as a closing bracket."""
    numbers = [str(n) for n in lines] if isinstance(lines, list | tuple) else []
    if not numbers:
        return ""
    shown = numbers[:MOST_LISTED]
    if language == "zh":
        more = f"等{len(numbers)}处" if len(numbers) > MOST_LISTED else ""
        return f"（第{'、'.join(shown)}行{more}）"
    more = f" and {len(numbers) - MOST_LISTED} more" if len(numbers) > MOST_LISTED else ""
    return f" ({'line' if len(numbers) == 1 else 'lines'} {', '.join(shown)}{more})"
