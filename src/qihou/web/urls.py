"""Every address of the portal."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from . import (
    account,
    audit_log,
    cockpit,
    design,
    errors,
    health,
    language,
    people,
    public,
    shell,
    signin,
    single_sign_on,
)

Patterns = list[URLPattern | URLResolver]


office: Patterns = [
    path("", cockpit.cockpit, name="cockpit"),
    path("wall", cockpit.wall, name="wall"),
    path("search", shell.search, name="search"),
    path("why/<str:kind>/<str:key>", shell.why, name="why"),
    path("jobs/<uuid:uid>", shell.job, name="job"),
    path("people", people.people, name="people"),
    path("people/new", people.new, name="people-new"),
    path("people/<uuid:uid>", people.person, name="people-person"),
    path("audit", audit_log.events, name="audit"),
    path("plan/", include("qihou.domains.plan.pages.urls")),
    path("inventory/", include("qihou.domains.inventory.pages.urls")),
]

open_to_all: Patterns = [
    path("", public.district, name="public-district"),
    path("plan/", include("qihou.domains.plan.pages.public_urls")),
    path("inventory/", include("qihou.domains.inventory.pages.public_urls")),
]

urlpatterns: Patterns = [
    path("", public.home, name="home"),
    path("signin", signin.sign_in, name="signin"),
    path("signin/code", signin.second_step, name="signin-code"),
    path("signin/sso", single_sign_on.begin, name="sso"),
    path("signin/sso/callback", single_sign_on.callback, name="sso-callback"),
    path("signout", signin.sign_out, name="signout"),
    path("language", language.switch, name="language"),
    path("theme", language.theme, name="theme"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="account-password"),
    path("account/second-factor", account.second_factor, name="account-second-factor"),
    path("account/second-factor/code.svg", account.code_picture, name="account-second-factor-code"),
    path("design", design.design, name="design"),
    path("health", health.health, name="health"),
    path("d/<str:district_code>/", include(office)),
    path("p/<str:district_code>/", include(open_to_all)),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
