"""What happens around every request: its number, its headers, its language, who is asking."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django_otp import user_has_device

from qihou.record.api.access import Actor, actor_of

Next = Callable[[HttpRequest], HttpResponse]

# Nothing runs or loads that is not a file of ours. `blob:` images are charts saved as pictures.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "worker-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def request_number(get_response: Next) -> Next:
    """A short number per request, in the answer's head and on error pages, to be told to the administrator; and how
    long the answer took to make, in milliseconds."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(6)  # type: ignore[attr-defined]
        begin = time.perf_counter()
        response = get_response(request)
        response["Server-Timing"] = f"total;dur={(time.perf_counter() - begin) * 1000:.1f}"
        response["X-Request-ID"] = request.number  # type: ignore[attr-defined]
        return response

    return middleware


def body_limit(get_response: Next) -> Next:
    """A body beyond what any form may hold is refused by its announced length, before a byte of it is kept.

    Only who is signed in has forms with files; for anybody else the most is what a plain form may hold.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        size = int(announced) if announced.isascii() and announced.isdecimal() else 0
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if size > most and request.user.is_authenticated:
            most = settings.MAX_BODY_BYTES
        if size > most:
            raise RequestDataTooBig(f"a body of {announced} bytes; the most it may hold is {most}")
        return get_response(request)

    return middleware


def security_headers(get_response: Next) -> Next:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def client_address(get_response: Next) -> Next:
    """Behind ``QIHOU_PROXIES`` trusted proxies the client is the one the outermost of them saw; else who connected."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.PROXIES:
            seen = [a.strip() for a in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if a.strip()]
            if len(seen) >= settings.PROXIES:
                request.META["REMOTE_ADDR"] = seen[-settings.PROXIES]
        return get_response(request)

    return middleware


def language(get_response: Next) -> Next:
    """Chinese unless somebody chose otherwise: the cookie is set by the switch and at sign-in from the person's choice."""
    known = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code  # type: ignore[attr-defined]
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def actor(get_response: Next) -> Next:
    """``request.actor``: who is asking, built once and only when somebody wants to know."""

    def build(request: HttpRequest) -> Actor:
        if not request.user.is_authenticated or must_enrol(request):
            return Actor.public()
        return actor_of(request.user, at=timezone.now(), address=request.META.get("REMOTE_ADDR", ""))

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: build(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def must_enrol(request: HttpRequest) -> bool:
    """Whether this person's role demands a second factor that the session has not shown."""
    required = set(settings.SECOND_FACTOR_ROLES)
    if not required or request.user.is_verified():  # type: ignore[union-attr]
        return False
    roles = {g.role for g in actor_of(request.user, at=timezone.now()).grants}
    return bool(roles & required)


def unfinished_sign_in(get_response: Next) -> Next:
    """A one-time password must be changed, and a demanded second factor set up or shown, before anything else.

    Who came by single sign-on did not use the one-time password and may not know it: it waits until somebody does.
    """
    free = ("/static/", "/signout", "/language", "/theme", "/health")

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(free) and request.user.is_authenticated:
            by_password = request.session.get(BACKEND_SESSION_KEY) != "qihou.web.single_sign_on.LinkedPersons"
            if request.user.must_change_password and by_password:
                wanted = reverse("account-password")
            elif must_enrol(request):
                wanted = reverse("signin-code" if user_has_device(request.user) else "account-second-factor")
            else:
                return get_response(request)
            if not request.path.startswith(wanted):
                return HttpResponseRedirect(wanted)
        return get_response(request)

    return middleware
