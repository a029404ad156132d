"""The switches of language (kept in a cookie, and with the person who is signed in) and of day and night."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST


def inside(request: HttpRequest, url: str) -> bool:
    """Whether an address leads to this portal and nowhere else."""
    return bool(url) and url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


def remember(response: HttpResponse, code: str, *, cookie: str = settings.LANGUAGE_COOKIE_NAME) -> None:
    response.set_cookie(
        cookie,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    response = HttpResponseRedirect(target if inside(request, target) else "/")
    if code in dict(settings.LANGUAGES):
        remember(response, code)
        if request.user.is_authenticated and request.user.language != code:
            request.user.language = code
            request.user.save(update_fields=["language"])
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Day or night, for this browser: night duty reads a dark screen."""
    target = request.POST.get("next", "/")
    response = HttpResponseRedirect(target if inside(request, target) else "/")
    if request.POST.get("theme") in ("day", "night"):
        remember(response, request.POST["theme"], cookie=settings.THEME_COOKIE_NAME)
    return response
