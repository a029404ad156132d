"""Signing in and out: password, pause after too many wrong ones, second factor, and a trace of each."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import devices_for_user, match_token, user_has_device
from django_otp import login as otp_login

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, actor_of
from qihou.record.models import Feature, Person

from .language import inside, remember

DEFAULT_BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING = "pending_sign_in"
PENDING_SECONDS = 300
MOST_CODES = 5


class SignInForm(forms.Form):
    username = forms.CharField(label=gettext_lazy("用户名"), max_length=80)
    password = forms.CharField(label=gettext_lazy("密码"), max_length=200, strip=False, widget=forms.PasswordInput)

    username.widget.attrs.update({"autocomplete": "username", "autocapitalize": "none", "autofocus": True})
    password.widget.attrs.update({"autocomplete": "current-password"})


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("验证码"),
        help_text=gettext_lazy("验证器上的六位数字，或一个恢复码。"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}),
    )


def district_of_person(person: Person) -> Feature | None:
    """The district in whose log a person's sign-ins are written: that of the organisation, else of the first role."""
    if person.organisation is not None:
        return person.organisation.district
    role = person.roles.select_related("district").first()
    return role.district if role else None


def note(request: HttpRequest, person: Person, act: str, **detail: Any) -> None:
    address = request.META.get("REMOTE_ADDR", "")
    actor = actor_of(person, at=timezone.now(), address=address)
    audit.write(actor, act, district=district_of_person(person), about=person, detail={"address": address, **detail})


def note_refusal(request: HttpRequest, username: str, *, paused: bool) -> None:
    """A wrong password. A name nobody has is not written down: people type their password there by mistake.

    Nor does the count of wrong ones hold it, which has to know only that it is the same again (:func:`counted_name`).
    """
    person = Person.objects.filter(username=username).first()
    act = "session.paused" if paused else "session.refused"
    if person is not None:
        note(request, person, act)
    else:
        address = request.META.get("REMOTE_ADDR", "")
        audit.write(Actor(name="?"), act, district=None, detail={"address": address})


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """What wrong passwords are counted under: a person's user name, and of any other name a keyed digest."""
    name = str((credentials or {}).get("username") or request.POST.get("username") or "")
    if not name or Person.objects.filter(username=name).exists():
        return name
    return "?" + salted_hmac("qihou.web.signin", name, algorithm="sha256").hexdigest()


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next") or request.GET.get("next", "")
    if request.user.is_authenticated:
        return HttpResponseRedirect(after_sign_in(request, request.user, target))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"]
        credentials = {"username": username}
        if not AxesProxyHandler.is_allowed(request, credentials):
            return locked_out(request, credentials)
        person = authenticate(request, username=username, password=form.cleaned_data["password"])
        if isinstance(person, Person):
            return _password_right(request, person, target)
        paused = not AxesProxyHandler.is_allowed(request, credentials)
        note_refusal(request, username, paused=paused)
        if paused:
            return locked_out(request, credentials)
        form.add_error(None, _("用户名或密码不对。请检查大小写；忘记密码请找本区管理员重设。"))
    return _sign_in_page(request, form, target, status=422 if form.errors else 200)


def _sign_in_page(request: HttpRequest, form: forms.Form, target: str, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": target, "sso": settings.SSO_NAME}
    return render(request, "web/signin.html", context, status=status)


def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Say honestly that this name is paused from this address, until when, and that nobody else is affected."""
    form = SignInForm(request.POST)
    form.is_valid()
    until = _paused_until(request, counted_name(request, credentials))
    form.add_error(
        None,
        _(
            "这个用户名从本机连续输错 %(n)s 次密码，已暂停登录到 %(until)s。其他人和其他电脑不受影响；等不及请找本区管理员。"
        )
        % {"n": settings.AXES_FAILURE_LIMIT, "until": timezone.localtime(until).strftime("%H:%M")},
    )
    return _sign_in_page(request, form, request.POST.get("next", ""), status=429)


def _paused_until(request: HttpRequest, username: str) -> datetime:
    cool_off = get_cool_off(request)
    attempt = (
        AccessAttempt.objects.filter(username=username, ip_address=request.META.get("REMOTE_ADDR"))
        .order_by("-attempt_time")
        .first()
    )
    started = attempt.attempt_time if attempt else timezone.now()
    return started + cool_off if cool_off else started


def _password_right(request: HttpRequest, person: Person, target: str) -> HttpResponse:
    if not user_has_device(person):
        return complete(request, person, target, DEFAULT_BACKEND)
    return ask_second_factor(request, person, target, DEFAULT_BACKEND)


def ask_second_factor(request: HttpRequest, person: Person, target: str, backend: str) -> HttpResponse:
    """The first step is done, by password or by the provider ``backend`` stands for; the second is asked for."""
    request.session.cycle_key()
    request.session[PENDING] = _pending(person, target, backend)
    return HttpResponseRedirect(reverse("signin-code"))


def _pending(person: Person, target: str, backend: str) -> dict[str, Any]:
    return {"person": person.pk, "at": time.time(), "next": target, "tries": 0, "backend": backend}


def _half_signed_in(request: HttpRequest) -> dict[str, Any] | None:
    """A session begun without the second factor its person has, as one begun before the factor was set up."""
    person = request.user
    if not isinstance(person, Person) or request.user.is_verified() or not user_has_device(person):  # type: ignore[union-attr]
        return None
    return _pending(person, "", request.session[BACKEND_SESSION_KEY])


def complete(request: HttpRequest, person: Person, target: str, backend: str, **detail: Any) -> HttpResponse:
    """The session begins: a new session key, a trace in the log, the person's language."""
    login(request, person, backend=backend)
    note(request, person, "session.start", **detail)
    response = HttpResponseRedirect(after_sign_in(request, person, target))
    remember(response, person.language)
    return response


@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """The second factor, within five minutes of the first and at most five tries."""
    pending = request.session.get(PENDING)
    if not pending or time.time() - pending["at"] > PENDING_SECONDS:
        request.session.pop(PENDING, None)
        pending = _half_signed_in(request)
    person = Person.objects.filter(pk=pending["person"]).first() if pending else None
    if pending is None or person is None:
        request.session.pop(PENDING, None)
        return HttpResponseRedirect(reverse("signin"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(person, form.cleaned_data["code"].replace(" ", "").replace("-", ""))
        if device is not None and person.is_active:
            request.session.pop(PENDING, None)
            response = complete(request, person, pending["next"], pending["backend"], factor=device._meta.model_name)
            otp_login(request, device)
            return response
        note(request, person, "session.code_refused")
        pending["tries"] += 1
        request.session[PENDING] = pending
        if pending["tries"] >= MOST_CODES:
            logout(request)
            return HttpResponseRedirect(reverse("signin"))
        form.add_error(
            "code", _wait_message(person) or _("验证码不对。请看手机上最新的六位数字；每个恢复码只能用一次。")
        )
    return render(request, "web/signin_code.html", {"form": form}, status=422 if form.errors else 200)


def _wait_message(person: Person) -> str:
    """What to say when the device asks to wait after wrong codes."""
    for device in devices_for_user(person):
        allowed, about = device.verify_is_allowed()
        if not allowed and about and about.get("locked_until"):
            until = timezone.localtime(about["locked_until"]).strftime("%H:%M:%S")
            return _("验证码不对。请在 %(until)s 之后再试。") % {"until": until}
    return ""


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Person):
        note(request, request.user, "session.end")
    logout(request)
    return HttpResponseRedirect(reverse("home"))


def after_sign_in(request: HttpRequest, person: Person, target: str) -> str:
    """Where the person wanted to go, else the district they work in."""
    if inside(request, target):
        return target
    actor = actor_of(person, at=timezone.now())
    ids = [g.district_id for g in actor.grants if actor.may(Act.VIEW_OFFICE, district_id=g.district_id)]
    district = Feature.objects.filter(pk__in=ids).order_by("code").first()
    return reverse("cockpit", kwargs={"district_code": district.code}) if district else reverse("account")
