"""What somebody typed is kept when their sign-in ran out before they pressed the button.

The form carries its writer's uid in ``kept_for``. A post that arrives signed out leaves its text in the session (which
signing in keeps); the same address then offers it once to the same person. Files cannot be kept, and the page says so.

Strangers can post too, so a session keeps one form only, of a district that exists, and no more than a person types.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from qihou.face.pages import district_of

PREFIX = "kept:"
MOST_CHARACTERS = 30_000  # the longest field of our forms holds 20,000


def keeps_what_was_typed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Put this outside the decorator that asks for sign-in."""

    @wraps(view)
    def kept_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated and request.POST.get("kept_for"):
            typed = {k: v for k, v in request.POST.items() if k != "csrfmiddlewaretoken" and isinstance(v, str)}
            if sum(map(len, typed)) + sum(map(len, typed.values())) <= MOST_CHARACTERS and _is_ours(kwargs):
                former = list(request.session.keys())
                for key in former:
                    if key.startswith(PREFIX):
                        del request.session[key]
                request.session[PREFIX + request.path] = typed
        return view(request, *args, **kwargs)

    return kept_view


def _is_ours(parts: dict[str, Any]) -> bool:
    try:
        district_of(str(parts.get("district_code", "")))
    except Http404:
        return False
    return True


def take_kept(request: HttpRequest) -> dict[str, str] | None:
    """What this person typed here before the sign-in ran out; handed out once."""
    typed = request.session.get(PREFIX + request.path)
    if not typed:
        return None
    del request.session[PREFIX + request.path]
    return typed if typed.get("kept_for") == str(getattr(request.user, "uid", "")) else None
