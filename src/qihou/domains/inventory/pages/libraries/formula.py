"""Formulas as MathML, which every browser of today draws by itself: no script, no font, and it follows the page's colours."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from latex2mathml.converter import convert

# Several letters after one another are one name here (EF, NCV), not a product of letters.
_NAME = re.compile(r"(?<![\\A-Za-z])([A-Za-z]{2,})(?![A-Za-z])")


class UnableToDraw(ValueError):
    """The formula cannot be turned into MathML; the message names it."""


@lru_cache(maxsize=1024)
def mathml(latex: str, *, block: bool = False) -> SafeString:
    """A formula of the catalogue as MathML. Formulas are the program's own, never a person's text.

    Raises:
        UnableToDraw
    """
    named = _NAME.sub(r"\\text{\1}", latex.replace("N_2O", r"\mathrm{N_2O}"))
    try:
        drawn = convert(named, display="block" if block else "inline")
    except Exception as error:
        raise UnableToDraw(f"{latex!r}: {error}") from error
    return mark_safe(drawn)  # noqa: S308 - made from the program's own formulas
