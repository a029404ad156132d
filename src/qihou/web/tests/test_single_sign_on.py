"""Single sign-on: a provider's claims find a linked person, and give nothing else."""

import pytest
from django.test import RequestFactory
from django_otp.plugins.otp_totp.models import TOTPDevice

from qihou.record.models import Person, Role

from .test_signin import code_of


@pytest.fixture
def backend(settings):
    settings.OIDC_RP_CLIENT_ID = "qihou"
    settings.OIDC_RP_CLIENT_SECRET = "kept"
    settings.OIDC_RP_SIGN_ALGO = "RS256"
    settings.OIDC_OP_TOKEN_ENDPOINT = settings.OIDC_OP_USER_ENDPOINT = settings.OIDC_OP_JWKS_ENDPOINT = (
        "https://sso.test/x"
    )
    from qihou.web.single_sign_on import LinkedPersons

    class FakeProvider(LinkedPersons):
        claims: dict = {}

        def get_userinfo(self, access_token, id_token, payload):
            return self.claims

    return FakeProvider()


def ask(backend, **claims):
    backend.claims = claims
    return backend.get_or_create_user("access", "id", {})


def test_the_linked_person_is_found_by_subject(backend, person):
    made = person("li", "auditor")
    Person.objects.filter(pk=made.pk).update(oidc_subject="sub-1")
    assert ask(backend, sub="sub-1", name="somebody else") == made
    made.refresh_from_db()
    assert made.name == "li先生"


@pytest.mark.parametrize("claims", [{"sub": "unknown"}, {"sub": ""}, {}, {"email": "li@example.org"}, {"sub": None}])
def test_nobody_unlinked_comes_in_and_nobody_is_made(backend, person, claims):
    person("li", "auditor")
    from django.core.exceptions import SuspiciousOperation

    before = Person.objects.count()
    try:
        found = ask(backend, **claims)
    except SuspiciousOperation:
        found = None
    assert found is None
    assert Person.objects.count() == before


def test_no_claim_grants_a_role(backend, person):
    made = person("li")
    Person.objects.filter(pk=made.pk).update(oidc_subject="sub-1")
    ask(backend, sub="sub-1", roles=["administrator"], groups=["administrator"])
    assert Role.objects.filter(person=made).count() == 0


def test_a_closed_account_stays_closed(backend, person):
    made = person("li", "auditor")
    Person.objects.filter(pk=made.pk).update(oidc_subject="sub-1", is_active=False)
    assert ask(backend, sub="sub-1") is None


def test_without_configuration_there_is_no_button_and_no_address(client, db, settings):
    settings.SSO_NAME = ""
    assert "/signin/sso" not in client.get("/signin").content.decode()
    assert client.get("/signin/sso").status_code == 404
    assert client.get("/signin/sso/callback").status_code == 404


def test_with_configuration_the_button_leads_to_the_provider_with_state_and_challenge(client, db, settings):
    settings.SSO_NAME = "统一身份认证"
    settings.OIDC_RP_CLIENT_ID = "qihou"
    settings.OIDC_RP_CLIENT_SECRET = "kept"
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = "https://sso.test/authorize"
    assert "统一身份认证" in client.get("/signin").content.decode()
    answer = client.get("/signin/sso")
    assert answer["Location"].startswith("https://sso.test/authorize?")
    for part in (
        "state=",
        "nonce=",
        "code_challenge=",
        "redirect_uri=http%3A%2F%2Ftestserver%2Fsignin%2Fsso%2Fcallback",
    ):
        assert part in answer["Location"]


def test_a_sign_in_through_the_provider_is_written_down(person, settings, client):
    from django.contrib.sessions.backends.db import SessionStore

    from qihou.record.models import AuditEvent
    from qihou.web.single_sign_on import Callback

    made = person("li", "auditor")
    request = RequestFactory().get("/signin/sso/callback")
    request.session = SessionStore()
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    view = Callback()
    view.request, view.user = request, made
    made.backend = "django.contrib.auth.backends.ModelBackend"
    assert view.login_success()["Location"] == "/d/500151/"
    assert AuditEvent.objects.get(act="session.start").detail["factor"] == "single_sign_on"


BACKEND = "qihou.web.single_sign_on.LinkedPersons"


@pytest.fixture
def through_the_provider(client, settings, backend):
    """The provider has vouched for somebody: what its callback does then, in this client's session."""
    from django.contrib.auth.models import AnonymousUser

    from qihou.web.single_sign_on import Callback

    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, BACKEND]

    def arrive(made):
        request = RequestFactory().get("/signin/sso/callback")
        request.session, request.user = client.session, AnonymousUser()
        view = Callback()
        view.request, view.user = request, made
        made.backend = BACKEND
        answer = view.login_success()
        request.session.save()
        client.cookies["sessionid"] = request.session.session_key
        return answer

    return arrive


@pytest.mark.parametrize("demanded", [[], ["auditor"]])
def test_who_has_a_second_factor_is_asked_for_it_after_the_provider(
    through_the_provider, client, person, settings, demanded
):
    settings.SECOND_FACTOR_ROLES = demanded
    made = person("li", "auditor")
    device = TOTPDevice.objects.create(user=made, name="totp", confirmed=True)
    assert through_the_provider(made)["Location"] == "/signin/code"
    assert client.get("/d/500151/")["Location"].startswith("/signin")
    assert client.post("/signin/code", {"code": code_of(device)})["Location"] == "/d/500151/"
    assert client.session["_auth_user_backend"] == BACKEND
    assert client.get("/d/500151/").status_code == 200


def test_who_has_none_is_asked_to_set_one_up_where_it_is_demanded(through_the_provider, client, person, settings):
    settings.SECOND_FACTOR_ROLES = ["auditor"]
    through_the_provider(person("li", "auditor"))
    assert client.get("/d/500151/")["Location"] == "/account/second-factor"


def test_a_one_time_password_does_not_stop_who_did_not_use_it(through_the_provider, client, person):
    made = person("li", "auditor")
    Person.objects.filter(pk=made.pk).update(must_change_password=True)
    through_the_provider(made)
    assert client.get("/d/500151/").status_code == 200


def test_without_a_password_a_shown_code_is_enough_to_switch_the_factor_off(through_the_provider, client, person):
    made = person("li", "auditor")
    made.set_unusable_password()
    made.save()
    through_the_provider(made)
    device = TOTPDevice.objects.create(user=made, name="totp", confirmed=True)
    assert client.post("/account/second-factor", {"do": "off"}).status_code == 422
    through_the_provider(made)
    client.post("/signin/code", {"code": code_of(device)})
    assert 'name="current"' not in client.get("/account/second-factor").content.decode()
    assert client.post("/account/second-factor", {"do": "off"})["Location"] == "/account"
    assert not TOTPDevice.objects.exists()


def test_a_session_ends_when_the_account_is_closed(through_the_provider, client, person):
    made = person("li", "auditor")
    through_the_provider(made)
    assert client.get("/account").status_code == 200
    Person.objects.filter(pk=made.pk).update(is_active=False)
    assert client.get("/account")["Location"].startswith("/signin")
