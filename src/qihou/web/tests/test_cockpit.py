"""The cockpit and the wall with a register under them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qihou.domains.plan.tests.reading_rows import build_district, fill

from .test_pages import check


@pytest.fixture
def built(db):
    made = build_district()
    fill(made)
    return made


@pytest.fixture
def lead(client, built):
    person = built.persons["lead_bureau"]
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def queries(client, built, path):
    client.force_login(built.persons["lead_bureau"], backend="django.contrib.auth.backends.ModelBackend")
    address = f"/d/{built.district.code}/{path}"
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("path", ["", "wall"])
def test_the_number_of_queries_does_not_grow_with_the_register(client, built, path):
    larger = build_district("900002", "另一区")
    fill(larger, times=10)
    assert queries(client, larger, path) == queries(client, built, path)


@pytest.mark.parametrize("path", ["", "wall"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_keep_the_policy(client, lead, built, path, language):
    client.cookies["qihou_language"] = language
    check(client.get(f"/d/{built.district.code}/{path}"))


def test_what_was_not_reported_is_said_and_not_shown_as_zero(client, lead, built):
    page = client.get(f"/d/{built.district.code}/").content.decode()
    paid = page[page.index("已支付") :][:400]
    assert "未报送" in paid
    assert "0.00" not in paid


def test_the_money_by_year_comes_out_as_a_workbook(client, lead, built):
    answer = client.get(f"/d/{built.district.code}/?years.export=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content[:2] == b"PK"


def test_the_public_page_counts_what_is_adopted_and_names_nobody(client, built):
    page = client.get(f"/p/{built.district.code}/").content.decode()
    assert built.plan.title in page
    assert not any(p.name in page for p in built.persons.values())
