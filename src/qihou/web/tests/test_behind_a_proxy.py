"""The settings of the documented service: a TLS proxy before the portal, which itself hears plain HTTP."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from django.conf import settings as standing
from django.test import Client

from .conftest import PASSWORD

SETTINGS = Path(standing.PACKAGE) / "web/settings.py"
HOST = "climate.gov.test"
TAKEN = [
    "HTTPS", "PROXIES", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER", "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
]  # fmt: skip


@pytest.fixture
def served(settings, monkeypatch, tmp_path):
    """A browser's client of a portal with the settings that this environment makes."""

    def serve(**environment: str) -> Client:
        monkeypatch.setenv("QIHOU_DATA", str(tmp_path))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        made = runpy.run_path(str(SETTINGS))
        for name in TAKEN:
            setattr(settings, name, made[name])
        return Client(enforce_csrf_checks=True)

    return serve


def sign_in(client: Client, origin: str, **heads: str):
    page = client.get("/signin", HTTP_HOST=HOST, **heads)
    form = {"username": "li", "password": PASSWORD, "csrfmiddlewaretoken": page.context["csrf_token"]}
    return page, client.post("/signin", form, HTTP_HOST=HOST, HTTP_ORIGIN=origin, **heads)


def test_a_form_sent_over_tls_through_the_proxy_is_accepted(served, person):
    person("li", "administrator")
    client = served(QIHOU_HTTPS="1", QIHOU_PROXIES="1", QIHOU_HOSTS=HOST)
    page, answer = sign_in(client, f"https://{HOST}", HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_FOR="10.0.0.5")
    assert answer.status_code == 302
    assert answer["Location"] == "/d/500151/"
    assert page["Strict-Transport-Security"] == "max-age=31536000"
    assert client.cookies["sessionid"]["secure"]
    assert client.cookies["csrftoken"]["secure"]


@pytest.mark.parametrize("origin", ["https://evil.test", f"http://{HOST}"])
def test_a_form_from_elsewhere_or_without_tls_is_refused(served, person, origin):
    person("li", "administrator")
    client = served(QIHOU_HTTPS="1", QIHOU_PROXIES="1", QIHOU_HOSTS=HOST)
    _page, answer = sign_in(client, origin, HTTP_X_FORWARDED_PROTO="https")
    assert answer.status_code == 403


@pytest.mark.parametrize("environment", [{}, {"QIHOU_HTTPS": "1"}, {"QIHOU_PROXIES": "1"}])
def test_without_both_switches_nobody_is_believed_to_have_come_by_tls(served, person, environment):
    person("li", "administrator")
    client = served(**environment, QIHOU_HOSTS=HOST)
    page = client.get("/signin", HTTP_HOST=HOST, HTTP_X_FORWARDED_PROTO="https")
    assert not page.wsgi_request.is_secure()
    assert "Strict-Transport-Security" not in page


def test_host_names_with_all_their_parts_below(served):
    served(QIHOU_HTTPS="1", QIHOU_HOSTS=" climate.gov.test, .gov.test,*")
    assert standing.CSRF_TRUSTED_ORIGINS == ["https://climate.gov.test", "https://*.gov.test"]
