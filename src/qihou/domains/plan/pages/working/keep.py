"""What somebody typed is kept when their sign-in ran out before they pressed the button.

The form carries its writer's uid in ``kept_for``. A post that arrives signed out leaves its text in the session (which
signing in keeps); the same address then offers it once to the same person. Files cannot be kept, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

PREFIX = "kept:"
MOST_CHARACTERS = 100_000


def keeps_what_was_typed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Put this outside the decorator that asks for sign-in."""

    @wraps(view)
    def kept_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated and request.POST.get("kept_for"):
            typed = {k: v for k, v in request.POST.items() if k != "csrfmiddlewaretoken" and isinstance(v, str)}
            if sum(map(len, typed.values())) <= MOST_CHARACTERS:
                request.session[PREFIX + request.path] = typed
        return view(request, *args, **kwargs)

    return kept_view


def take_kept(request: HttpRequest) -> dict[str, str] | None:
    """What this person typed here before the sign-in ran out; handed out once."""
    typed = request.session.get(PREFIX + request.path)
    if not typed:
        return None
    del request.session[PREFIX + request.path]
    return typed if typed.get("kept_for") == str(getattr(request.user, "uid", "")) else None
