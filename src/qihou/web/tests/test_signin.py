"""Signing in: throttled, traced, with a second factor where one is set."""

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from qihou.record.api import audit
from qihou.record.models import AuditEvent, Person

from .conftest import PASSWORD


def attempt(client, username, password, **extra):
    return client.post("/signin", {"username": username, "password": password}, **extra)


def code_of(device, drift=0):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift + drift)
    totp.time = timezone.now().timestamp()
    return f"{totp.token():06d}"


def test_a_right_password_begins_a_new_session_and_is_written_down(client, person):
    person("li", "administrator")
    client.get("/signin")
    client.session["before"] = 1
    before = client.session.session_key
    answer = attempt(client, "li", PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == "/d/500151/"
    assert client.session.session_key != before
    event = AuditEvent.objects.get(act="session.start")
    assert event.actor_name == "li先生"
    assert event.district_code == "500151"
    assert audit.verify().ok


def test_a_wrong_password_says_the_same_for_a_known_and_an_unknown_name(client, person):
    person("li", "administrator")
    known, unknown = attempt(client, "li", "wrong"), attempt(client, "nobody", "wrong")
    assert known.status_code == unknown.status_code == 422
    assert "用户名或密码不对" in known.content.decode()
    assert "用户名或密码不对" in unknown.content.decode()


def test_an_unknown_name_is_not_written_down_for_it_may_be_a_password(client, district):
    attempt(client, "my secret phrase", "x")
    event = AuditEvent.objects.get(act="session.refused")
    assert "secret phrase" not in str(event.detail) + event.actor_name


def test_nor_does_the_count_of_wrong_passwords_hold_it(client, person):
    from axes.models import AccessAttempt

    for n in range(11):
        answer = attempt(client, "my secret phrase", f"x{n}")
    assert answer.status_code == 429  # it is counted all the same
    rows = list(AccessAttempt.objects.values_list())
    assert rows
    assert "secret" not in str(rows)
    person("li", "auditor")
    attempt(client, "li", "wrong")
    assert AccessAttempt.objects.filter(username="li").exists()


def test_a_thousand_wrong_passwords_pause_one_name_from_one_address_and_nobody_else(client, person):
    person("li", "administrator")
    person("wang", "auditor")
    statuses = [attempt(client, "li", f"guess-{n}").status_code for n in range(1000)]
    assert statuses[:9] == [422] * 9
    assert set(statuses[9:]) == {429}
    # The right password does not help now, from here …
    answer = attempt(client, "li", PASSWORD)
    assert answer.status_code == 429
    assert "已暂停登录" in answer.content.decode()
    assert "其他人和其他电脑不受影响" in answer.content.decode()
    # … but helps from another computer, and a colleague at this one is not kept out.
    assert attempt(Client(), "li", PASSWORD, REMOTE_ADDR="10.1.1.7").status_code == 302
    assert attempt(Client(), "wang", PASSWORD).status_code == 302
    # The log says it happened without a thousand lines.
    assert AuditEvent.objects.filter(act="session.refused").count() == 9
    assert AuditEvent.objects.filter(act="session.paused").count() == 1


def test_the_pause_ends(client, person, settings):
    from datetime import timedelta

    from axes.models import AccessAttempt

    person("li", "administrator")
    for n in range(12):
        attempt(client, "li", f"guess-{n}")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert attempt(client, "li", PASSWORD).status_code == 302


def test_behind_a_proxy_the_pause_holds_for_the_client_and_a_forged_head_does_not_escape_it(client, person, settings):
    settings.PROXIES = 1
    person("li", "administrator")
    for n in range(12):
        attempt(client, "li", f"guess-{n}", HTTP_X_FORWARDED_FOR=f"9.9.9.{n}, 10.0.0.5")
    assert attempt(client, "li", PASSWORD, HTTP_X_FORWARDED_FOR="10.0.0.5").status_code == 429
    assert attempt(client, "li", PASSWORD, HTTP_X_FORWARDED_FOR="10.0.0.6").status_code == 302


def test_without_proxies_the_forwarded_head_is_not_believed(client, person):
    person("li", "administrator")
    for n in range(12):
        attempt(client, "li", f"guess-{n}", HTTP_X_FORWARDED_FOR=f"9.9.9.{n}")
    assert attempt(client, "li", PASSWORD).status_code == 429


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_no_address_outside_is_followed_after_sign_in(client, person, target):
    person("li", "administrator")
    answer = client.post("/signin", {"username": "li", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/d/500151/"


def test_a_closed_account_cannot_sign_in(client, person):
    made = person("li", "administrator")
    made.is_active = False
    made.save()
    assert attempt(client, "li", PASSWORD).status_code == 422


def test_signing_out_needs_a_post_and_is_written_down(client, signed_in):
    signed_in()
    assert client.get("/signout").status_code == 405
    assert client.post("/signout").status_code == 302
    assert client.get("/d/500151/")["Location"].startswith("/signin")
    assert AuditEvent.objects.filter(act="session.end").count() == 1


def test_a_one_time_password_must_be_changed_before_anything_else(client, person):
    made = person("li", "administrator")
    made.must_change_password = True
    made.save()
    attempt(client, "li", PASSWORD)
    assert client.get("/d/500151/")["Location"] == "/account/password"
    form = {"old": PASSWORD, "new": "rice-fields-after-rain", "again": "rice-fields-after-rain"}
    assert client.post("/account/password", form).status_code == 302
    assert client.get("/d/500151/").status_code == 200
    made.refresh_from_db()
    assert made.check_password("rice-fields-after-rain")
    assert AuditEvent.objects.filter(act="person.sign_in_changed").count() == 1


@pytest.mark.parametrize(
    ("new", "again", "says"),
    [
        ("short", "short", "10"),
        ("rice-fields-after-rain", "rice-fields-after-ruin", "两遍新密码不一样"),
        (PASSWORD, PASSWORD, "与现在的相同"),
        ("password1234", "password1234", ""),
    ],
)
def test_a_bad_new_password_is_refused_in_its_place(client, signed_in, new, again, says):
    made = signed_in()
    answer = client.post("/account/password", {"old": PASSWORD, "new": new, "again": again})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    made.refresh_from_db()
    assert made.check_password(PASSWORD)


def enrol(client, made):
    client.get("/account/second-factor")
    device = TOTPDevice.objects.get(user=made)
    answer = client.post("/account/second-factor", {"do": "confirm", "code": code_of(device)})
    return TOTPDevice.objects.get(user=made), answer


def test_a_second_factor_is_set_up_and_then_asked_for(client, signed_in):
    made = signed_in()
    device, answer = enrol(client, made)
    assert device.confirmed
    codes = list(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == 10
    assert all(code in answer.content.decode() for code in codes)
    client.post("/signout")

    answer = attempt(client, "chief", PASSWORD)
    assert answer["Location"] == "/signin/code"
    # The password alone opens nothing.
    assert client.get("/d/500151/")["Location"].startswith("/signin")
    assert client.post("/signin/code", {"code": "000000"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None, last_t=-1)
    assert client.post("/signin/code", {"code": code_of(device)})["Location"] == "/d/500151/"
    assert client.get("/d/500151/").status_code == 200
    assert AuditEvent.objects.filter(act="session.code_refused").count() == 1


def test_a_recovery_code_works_once(client, signed_in):
    made = signed_in()
    enrol(client, made)
    code = StaticToken.objects.first().token
    client.post("/signout")
    attempt(client, "chief", PASSWORD)
    assert client.post("/signin/code", {"code": code}).status_code == 302
    client.post("/signout")
    attempt(client, "chief", PASSWORD)
    assert client.post("/signin/code", {"code": code}).status_code == 422


def test_after_five_wrong_codes_the_password_is_asked_again(client, signed_in):
    made = signed_in()
    enrol(client, made)
    client.post("/signout")
    attempt(client, "chief", PASSWORD)
    answers = [client.post("/signin/code", {"code": "000000"}) for _ in range(5)]
    assert answers[-1]["Location"] == "/signin"
    assert client.get("/signin/code")["Location"] == "/signin"


def test_a_person_removed_between_password_and_code_is_asked_to_sign_in_again(client, db):
    made = Person.objects.create(username="li", name="李某")
    made.set_password(PASSWORD)
    made.save()
    TOTPDevice.objects.create(user=made, name="totp", confirmed=True)
    assert attempt(client, "li", PASSWORD)["Location"] == "/signin/code"
    TOTPDevice.objects.all().delete()
    made.delete()
    assert client.get("/signin/code")["Location"] == "/signin"


def test_a_session_older_than_its_persons_factor_shows_a_code_once_it_is_demanded(client, signed_in, settings):
    made = signed_in()
    device = TOTPDevice.objects.create(user=made, name="totp", confirmed=True)
    settings.SECOND_FACTOR_ROLES = ["administrator"]
    assert client.get("/d/500151/")["Location"] == "/signin/code"
    # Nor can the factor be switched off instead.
    answer = client.post("/account/second-factor", {"do": "off", "current": PASSWORD})
    assert answer["Location"] == "/signin/code"
    assert client.get("/signin/code").status_code == 200
    assert client.post("/signin/code", {"code": code_of(device)})["Location"] == "/d/500151/"
    assert client.get("/d/500151/").status_code == 200


def test_five_wrong_codes_end_such_a_session(client, signed_in, settings):
    TOTPDevice.objects.create(user=signed_in(), name="totp", confirmed=True)
    answers = [client.post("/signin/code", {"code": "000000"}) for _ in range(5)]
    assert answers[-1]["Location"] == "/signin"
    assert "_auth_user_id" not in client.session


def test_a_role_can_demand_a_second_factor(client, signed_in, settings):
    settings.SECOND_FACTOR_ROLES = ["administrator"]
    made = signed_in()
    assert client.get("/d/500151/")["Location"] == "/account/second-factor"
    enrol(client, made)
    assert client.get("/d/500151/").status_code == 200


def test_switching_the_second_factor_off_needs_the_password(client, signed_in):
    made = signed_in()
    enrol(client, made)
    assert client.post("/account/second-factor", {"do": "off", "current": "wrong"}).status_code == 422
    assert TOTPDevice.objects.count() == 1
    client.post("/account/second-factor", {"do": "off", "current": PASSWORD})
    assert TOTPDevice.objects.count() == 0


def test_the_code_picture_is_a_drawing_of_a_factor_not_yet_in_use(client, signed_in):
    made = signed_in()
    client.get("/account/second-factor")
    answer = client.get("/account/second-factor/code.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "no-store" in answer["Cache-Control"]
    enrol(client, made)
    assert client.get("/account/second-factor/code.svg").status_code == 404


def test_a_forged_form_is_refused_with_a_page_that_explains(person):
    person("li", "administrator")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/signin", {"username": "li", "password": PASSWORD})
    assert answer.status_code == 403
    assert "这张表单已经失效" in answer.content.decode()
