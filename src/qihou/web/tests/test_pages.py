"""What must hold of every page: no inline script or style, nothing from outside, the office closed to strangers."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from qihou.record.api import people
from qihou.record.api.access import Actor
from qihou.record.models import AuditEvent, Person, Role

from .conftest import PASSWORD

PUBLIC = ["/", "/signin", "/design", "/p/500151/", "/nowhere"]
OFFICE = [
    "/d/500151/", "/d/500151/wall", "/d/500151/search?q=水", "/d/500151/people", "/d/500151/people/new", "/d/500151/audit",
    "/account", "/account/password", "/account/second-factor",
]  # fmt: skip


class Strict(HTMLParser):
    """Collects what the policy forbids."""

    def __init__(self):
        super().__init__()
        self.trouble = []

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        if tag == "style":
            self.trouble.append("<style>")
        if tag == "script" and "src" not in about and about.get("type") != "application/json":
            self.trouble.append("inline <script>")
        for name, value in attrs:
            if name == "style" or (name.startswith("on") and name != "once"):
                self.trouble.append(f"{tag} {name}={value!r}")
            if name in ("src", "href", "action", "data-echarts") and re.match(r"^(https?:)?//", value or ""):
                self.trouble.append(f"{tag} {name}={value!r}")
            if (value or "").strip().lower().startswith("javascript:"):
                self.trouble.append(f"{tag} {name}={value!r}")


def check(answer):
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    reader = Strict()
    reader.feed(answer.content.decode())
    assert reader.trouble == []


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_keep_the_policy(client, district, path):
    answer = client.get(path)
    assert answer.status_code in (200, 404)
    check(answer)


@pytest.mark.parametrize("path", OFFICE)
def test_office_pages_keep_the_policy_in_both_languages(client, signed_in, path):
    signed_in()
    check(client.get(path))
    client.cookies["qihou_language"] = "en"
    answer = client.get(path)
    assert answer.status_code == 200
    check(answer)


def office_routes():
    """Every office address of the route table, with plausible values for its parts."""
    examples = {
        "district_code": "500152", "uid": "00000000-0000-0000-0000-000000000001", "kind": "plan.cell", "key": "1",
        "code": "water", "number": "1", "period": "2025Q1", "field": "title", "sha256": "0" * 64,
    }  # fmt: skip

    def walk(patterns, prefix):
        for p in patterns:
            route = prefix + str(p.pattern)
            if isinstance(p, URLPattern):
                yield route
            else:
                yield from walk(p.url_patterns, route)

    for route in walk(get_resolver().url_patterns, "/"):
        if route.startswith("/d/"):
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda m: examples.get(m[1], "1"), route)


@pytest.mark.parametrize("path", sorted(office_routes()))
def test_another_districts_address_is_refused_on_every_route(client, signed_in, other_district, path):
    signed_in()
    assert client.get(path).status_code in (403, 404, 405)
    assert client.post(path).status_code in (403, 404, 405)


@pytest.mark.parametrize("path", sorted(office_routes()))
def test_a_stranger_is_sent_to_sign_in_on_every_route(client, other_district, path):
    answer = client.get(path)
    assert answer.status_code in (302, 405)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/signin?next=")


def test_the_refusal_says_who_can(client, signed_in, water):
    signed_in("li", "department", water)
    answer = client.get("/d/500151/people")
    assert answer.status_code == 403
    assert "管理员" in answer.content.decode()
    assert "管理账号" in answer.content.decode()


def test_a_district_that_is_not_here_is_not_found(client, signed_in):
    signed_in()
    assert client.get("/d/999999/").status_code == 404


def test_headers_of_every_answer(client, district):
    answer = client.get("/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert re.fullmatch(r"[0-9a-f]{12}", answer["X-Request-ID"])
    assert answer["X-Request-ID"] != client.get("/")["X-Request-ID"]


def test_health(client, db):
    assert client.get("/health").json()["status"] == "ok"


def test_a_broken_page_shows_its_number_and_no_traceback(client, district, monkeypatch):
    from qihou.web import public

    monkeypatch.setattr(public, "districts", lambda: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()
    check(answer)


def test_the_page_for_what_broke_does_not_need_what_broke(rf):
    from qihou.web.errors import broken

    request = rf.get("/")
    request.number = "abc"
    answer = broken(request)  # no user, no session, no database
    assert answer.status_code == 500
    assert "abc" in answer.content.decode()


def test_a_name_the_portal_does_not_answer_to_is_refused_with_a_page(client, db, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = client.get("/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert "服务器看不懂" in answer.content.decode()


def test_every_entry_of_the_navigation_leads_somewhere(client, signed_in):
    from qihou.face import navigation
    from qihou.record.api.access import Actor

    signed_in()
    groups = navigation.shown(Actor.system("test"), district_id=1, district_code="500151")
    items = [item for _group, of in groups for item in of]
    assert {"cockpit", "people", "audit"} <= {i.key for i in items}
    assert len({i.url for i in items}) == len(items)


def test_chinese_is_the_default_whatever_the_browser_asks_and_the_switch_is_kept_with_the_person(client, signed_in):
    made = signed_in()
    assert 'lang="zh-Hans"' in client.get("/account", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    client.post("/language", {"language": "en", "next": "/account"})
    assert 'lang="en"' in client.get("/account").content.decode()
    assert Person.objects.get(pk=made.pk).language == "en"
    client.post("/language", {"language": "xx", "next": "https://evil.example/"})
    assert Person.objects.get(pk=made.pk).language == "en"


def test_night_is_kept_in_this_browser_and_day_comes_back(client, signed_in):
    signed_in()
    assert "data-theme" not in client.get("/account").content.decode()
    client.post("/theme", {"theme": "night", "next": "/account"})
    assert 'data-theme="night"' in client.get("/account").content.decode()
    assert client.post("/theme", {"theme": "day", "next": "//evil.example"})["Location"] == "/"
    assert "data-theme" not in client.get("/account").content.decode()


def password_in(page):
    """The one-time password a page shows, not a piece of an address that looks like one."""
    return re.search(r"(?<![\w-])[a-z2-9]{4}(-[a-z2-9]{4}){3}(?![\w-])", page)[0]


def test_an_account_is_made_with_a_password_shown_once(client, signed_in, water):
    signed_in()
    form = {"name": "王工", "username": "wang.gong", "role": "department", "organisation": water.pk, "oidc_subject": ""}
    page = client.post("/d/500151/people/new", form).content.decode()
    made = Person.objects.get(username="wang.gong")
    password = password_in(page)
    assert made.check_password(password)
    assert made.must_change_password
    assert Role.objects.get(person=made).organisation == water
    assert "这个用户名已经有人用了" in client.post("/d/500151/people/new", form).content.decode()


def test_an_officers_account_needs_an_organisation(client, signed_in):
    signed_in()
    form = {"name": "王工", "username": "wang", "role": "department", "organisation": "", "oidc_subject": ""}
    assert "要说明属于哪个单位" in client.post("/d/500151/people/new", form).content.decode()
    assert not Person.objects.filter(username="wang").exists()


def test_roles_are_given_and_taken_and_the_last_administrator_stays(client, signed_in, person, water):
    chief = signed_in()
    li = person("li", "auditor")
    path = f"/d/500151/people/{li.uid}"
    client.post(path, {"do": "grant", "kind": "department", "organisation": water.pk})
    assert Role.objects.filter(person=li, kind="department").exists()
    auditor = Role.objects.get(person=li, kind="auditor")
    client.post(path, {"do": "revoke", "role": auditor.uid})
    auditor.refresh_from_db()
    assert auditor.valid_to is not None
    own = Role.objects.get(person=chief, kind="administrator")
    page = client.post(f"/d/500151/people/{chief.uid}", {"do": "revoke", "role": own.uid}, follow=True).content.decode()
    assert "至少要留一位" in page
    own.refresh_from_db()
    assert own.valid_to is None


def test_somebody_of_another_district_cannot_be_changed_here(client, signed_in, person, other_district):
    signed_in()
    stranger = person("far", "auditor", where=other_district)
    assert client.post(f"/d/500151/people/{stranger.uid}", {"do": "password"}).status_code == 404


def test_the_account_of_somebody_who_works_elsewhere_too_is_not_changed_here(client, signed_in, person, other_district):
    signed_in()
    both = person("both", "auditor")
    path = f"/d/500151/people/{both.uid}"
    assert 'value="password"' in client.get(path).content.decode()
    people.grant_role(Actor.system("test"), other_district, both, "administrator")
    shown = client.get(path).content.decode()
    assert 'value="password"' not in shown
    assert 'value="close"' not in shown
    for wanted in ("password", "close"):
        assert "在其他区县也有角色" in client.post(path, {"do": wanted}, follow=True).content.decode()
    both.refresh_from_db()
    assert both.check_password(PASSWORD)
    assert both.is_active


def test_a_new_password_lifts_the_pause(client, signed_in, person):
    li = person("li", "auditor")
    stranger = Client()
    for n in range(11):
        answer = stranger.post("/signin", {"username": "li", "password": f"guess-{n}"})
    assert answer.status_code == 429
    signed_in()
    page = client.post(f"/d/500151/people/{li.uid}", {"do": "password"}).content.decode()
    password = password_in(page)
    assert stranger.post("/signin", {"username": "li", "password": password})["Location"] == "/d/500151/"


def test_an_account_linked_to_single_sign_on_gets_no_password(client, signed_in, settings):
    settings.SSO_NAME = "统一身份认证"
    signed_in()
    form = {"name": "王工", "username": "wang", "role": "auditor", "organisation": "", "oidc_subject": "sub-9"}
    page = client.post("/d/500151/people/new", form, follow=True).content.decode()
    assert "用统一身份认证登录" in page
    made = Person.objects.get(username="wang")
    assert not made.has_usable_password()
    assert not made.must_change_password
    again = client.post("/d/500151/people/new", {**form, "username": "wang2"})
    assert "已经关联了另一个账号" in again.content.decode()


def test_an_account_whose_role_is_refused_is_not_made_either(client, signed_in, monkeypatch):
    signed_in()

    def refuse(*args, **kwargs):
        raise people.UnableToManagePeople("no")

    monkeypatch.setattr(people, "grant_role", refuse)
    form = {"name": "王工", "username": "wang", "role": "auditor", "organisation": "", "oidc_subject": ""}
    client.raise_request_exception = False
    client.post("/d/500151/people/new", form)
    assert not Person.objects.filter(username="wang").exists()


def test_the_log_is_shown_and_verified_and_a_change_in_it_shows(client, signed_in, person):
    signed_in()
    person("li", "auditor")
    assert "新建账号" in client.get("/d/500151/audit").content.decode()
    assert "没有被改动" in client.post("/d/500151/audit").content.decode()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {AuditEvent._meta.db_table} SET actor_name = 'x' WHERE sequence = 2")
    assert "日志被改动过" in client.post("/d/500151/audit").content.decode()


def test_the_cockpit_before_a_plan_says_what_to_do_first(client, signed_in):
    signed_in()
    page = client.get("/d/500151/").content.decode()
    assert "还没有规划" in page
    assert "/d/500151/plan/import" in page


def announced(client, path, size):
    return client.generic("POST", path, b"", CONTENT_LENGTH=str(size), content_type="text/plain").status_code


def test_a_body_beyond_what_a_form_may_hold_is_refused_by_its_length(client, settings, signed_in):
    plain, most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.MAX_BODY_BYTES
    path = "/d/500151/plan/import"
    assert announced(client, path, plain + 1) == 413  # nobody is signed in: no form with files
    assert announced(client, path, plain) != 413
    client.cookies["sessionid"] = "made-up"
    assert announced(client, path, plain + 1) == 413
    signed_in(role="lead_bureau")
    assert announced(client, path, plain + 1) != 413
    assert announced(client, path, most + 1) == 413


def test_ten_files_of_evidence_at_their_largest_fit_into_a_form(settings):
    from qihou.domains.plan.api.progress import MAX_EVIDENCE_BYTES
    from qihou.domains.plan.pages.working.report import MOST_FILES

    assert MOST_FILES * MAX_EVIDENCE_BYTES < settings.MAX_BODY_BYTES


def test_the_time_an_answer_took_is_told(client, district):
    assert re.fullmatch(r"total;dur=\d+\.\d", client.get("/")["Server-Timing"])
