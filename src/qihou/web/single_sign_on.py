"""Single sign-on by OpenID Connect, where ``QIHOU_OIDC_*`` is set.

The provider's ``sub`` is matched to a person an administrator has linked. Nobody is created, and no claim grants a role.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_otp import user_has_device
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from qihou.record.models import Person

from .language import remember
from .signin import after_sign_in, ask_second_factor, note


class LinkedPersons(OIDCAuthenticationBackend):
    """Lets in who an administrator linked to the subject, and nobody else."""

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return bool(claims.get("sub"))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        subject = str(claims.get("sub") or "")
        if not subject:
            return Person.objects.none()
        return Person.objects.filter(oidc_subject=subject, is_active=True)

    def update_user(self, user: Person, claims: dict[str, Any]) -> Person:
        return user

    def get_user(self, user_id: Any) -> Person | None:
        """Who a session belongs to; nobody once the account is closed."""
        person = super().get_user(user_id)
        return person if isinstance(person, Person) and person.is_active else None


class Callback(OIDCAuthenticationCallbackView):
    def login_success(self) -> HttpResponse:
        """The provider stands for the password, not for a second factor: who has one is still asked for it."""
        target = self.request.session.get("oidc_login_next") or ""
        if user_has_device(self.user):
            return ask_second_factor(self.request, self.user, target, self.user.backend)
        super().login_success()
        note(self.request, self.user, "session.start", factor="single_sign_on")
        response = HttpResponseRedirect(after_sign_in(self.request, self.user, target))
        remember(response, self.user.language)
        return response

    def login_failure(self) -> HttpResponse:
        messages.error(
            self.request,
            _("统一身份认证通过了，但没有账号与它关联，或认证中途失效。请找本区管理员关联账号，或用密码登录。"),
        )
        return HttpResponseRedirect(reverse("signin"))


def begin(request: HttpRequest) -> HttpResponseBase:
    if not settings.SSO_NAME:
        raise Http404
    return OIDCAuthenticationRequestView.as_view()(request)


def callback(request: HttpRequest) -> HttpResponseBase:
    if not settings.SSO_NAME:
        raise Http404
    return Callback.as_view()(request)
