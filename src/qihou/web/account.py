"""One's own account: password and second factor."""

from __future__ import annotations

import io
from base64 import b32encode
from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django_otp import login as otp_login
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from qihou.face.pages import to_sign_in
from qihou.record.api import people
from qihou.record.api.access import actor_of

from .middleware import must_enrol
from .signin import note

RECOVERY_CODES = 10


def own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever is signed in, whatever roles they hold."""

    @wraps(view)
    def inner(request: Any) -> HttpResponse:
        return view(request) if request.user.is_authenticated else to_sign_in(request)

    return never_cache(inner)


def _new(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=gettext_lazy("现在的密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = _new(gettext_lazy("新密码"))
    again = _new(gettext_lazy("再输一遍新密码"))
    new.help_text = gettext_lazy("至少 10 个字符，不要用姓名或常见密码；几个不相干的词连起来好记又安全。")

    def __init__(self, person: Any, *args: Any, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_old(self) -> str:
        if not self.person.check_password(self.cleaned_data["old"]):
            raise ValidationError(_("现在的密码不对。"))
        return self.cleaned_data["old"]

    def clean_new(self) -> str:
        password_validation.validate_password(self.cleaned_data["new"], self.person)
        if self.cleaned_data["new"] == self.cleaned_data.get("old"):
            raise ValidationError(_("新密码与现在的相同。"))
        return self.cleaned_data["new"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "new" in data and data.get("again") != data["new"]:
            self.add_error("again", _("两遍新密码不一样。"))
        return data


@own
def account(request: Any) -> HttpResponse:
    codes = StaticToken.objects.filter(device__user=request.user).count()
    has_factor = TOTPDevice.objects.filter(user=request.user, confirmed=True).exists()
    roles = request.user.roles.select_related("district", "organisation")
    now = timezone.now()
    context = {
        "person": request.user,
        "has_factor": has_factor,
        "codes": codes,
        "roles": [r for r in roles if r.valid_to is None or r.valid_to > now],
    }
    return render(request, "web/account.html", context)


@own
def password(request: Any) -> HttpResponse:
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request.user, at=timezone.now(), address=request.META.get("REMOTE_ADDR", ""))
        people.set_password(actor, request.user, form.cleaned_data["new"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("密码已更改；在其他电脑上的登录已失效。"))
        return HttpResponseRedirect(reverse("account"))
    context = {"form": form, "forced": request.user.must_change_password}
    return render(request, "web/password.html", context, status=422 if form.errors else 200)


@own
def second_factor(request: Any) -> HttpResponse:
    """Enrol, get new recovery codes, or switch off (with the password; who has none, in a session that showed a code)."""
    person = request.user
    confirmed = TOTPDevice.objects.filter(user=person, confirmed=True).first()
    errors: dict[str, str] = {}
    if request.method == "POST":
        wanted = request.POST.get("do", "")
        if wanted == "confirm" and confirmed is None:
            device = TOTPDevice.objects.filter(user=person, confirmed=False).first()
            if device is not None and device.verify_token(request.POST.get("code", "").replace(" ", "")):
                with transaction.atomic():
                    device.confirmed = True
                    device.save()
                    otp_login(request, device)
                    note(request, person, "second_factor.enrol")
                    return _show_codes(request)
            errors["code"] = _("验证码不对。请确认手机时间准确，输入最新的六位数字。")
        elif not _is_oneself(request):
            errors["current"] = _("现在的密码不对。")
        elif wanted == "codes" and confirmed is not None:
            with transaction.atomic():
                note(request, person, "second_factor.recovery_codes")
                return _show_codes(request)
        elif wanted == "off" and confirmed is not None:
            with transaction.atomic():
                TOTPDevice.objects.filter(user=person).delete()
                StaticDevice.objects.filter(user=person).delete()
                note(request, person, "second_factor.off")
            messages.success(request, _("两步验证已关闭。"))
            return HttpResponseRedirect(reverse("account"))
    device = confirmed or _unconfirmed(person)
    context = {
        "confirmed": confirmed is not None,
        "secret": " ".join(_groups(b32encode(device.bin_key).decode())) if confirmed is None else "",
        "errors": errors,
        "has_password": person.has_usable_password(),
        "demanded": must_enrol(request),
    }
    return render(request, "web/second_factor.html", context, status=422 if errors else 200)


def _is_oneself(request: Any) -> bool:
    """Not somebody at a screen left open: the password, or for who has none that a code opened this session."""
    if request.user.has_usable_password():
        return bool(request.user.check_password(request.POST.get("current", "")))
    return bool(request.user.is_verified())


def _groups(text: str) -> list[str]:
    return [text[i : i + 4] for i in range(0, len(text), 4)]


def _unconfirmed(person: Any) -> TOTPDevice:
    device, _made = TOTPDevice.objects.get_or_create(user=person, confirmed=False, defaults={"name": "totp"})
    return device


def _show_codes(request: Any) -> HttpResponse:
    """Ten new recovery codes, shown once; the old ones no longer work."""
    StaticDevice.objects.filter(user=request.user).delete()
    device = StaticDevice.objects.create(user=request.user, name="recovery")
    codes = [StaticToken.random_token() for _i in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return render(request, "web/recovery_codes.html", {"codes": codes})


@own
def code_picture(request: Any) -> HttpResponse:
    """The QR code of a second factor being set up; never of one already in use."""
    device = TOTPDevice.objects.filter(user=request.user, confirmed=False).first()
    if device is None:
        raise Http404
    out = io.BytesIO()
    segno.make(device.config_url, error="m").save(out, kind="svg", scale=5, border=2, dark="#16232a", light="#ffffff")
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
