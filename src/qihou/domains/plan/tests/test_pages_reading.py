"""The register's pages: what they show, what they never show, and whom they answer."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from qihou.domains.plan.models import Item, PlanVersion
from qihou.domains.plan.pages.reading.urls import urlpatterns
from qihou.domains.plan.tests.reading_rows import Built, add_version, build_district, fill

pytestmark = pytest.mark.django_db
PAGES = [p.name for p in urlpatterns if p.name not in ("item", "organisation")]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def built() -> Built:
    made = build_district()
    fill(made)
    return made


def signed_in(built: Built, role: str = "lead_bureau") -> Client:
    client = Client()
    client.force_login(built.persons[role], backend=BACKEND)
    return client


def address(built: Built, name: str) -> str:
    """The address of any reading page, with a thing of this district where it needs one."""
    where: dict[str, object] = {"district_code": built.district.code}
    if name == "item":
        where["uid"] = Item.objects.filter(version__plan=built.plan, kind="project").earliest("order").uid
    elif name == "organisation":
        where["code"] = "water"
    return reverse(f"plan:{name}", kwargs=where)


ALL = [p.name for p in urlpatterns]


@pytest.mark.parametrize("role", ["lead_bureau", "department", "auditor", "administrator"])
def test_everyone_in_office_reads_every_page(built: Built, role: str) -> None:
    client = signed_in(built, role)
    for name in ALL:
        assert client.get(address(built, name)).status_code == 200, name


def test_who_is_not_signed_in_is_sent_to_sign_in(built: Built) -> None:
    for name in ALL:
        response = Client().get(address(built, name))
        assert response.status_code == 302, name
        assert response["Location"].startswith(reverse("signin")), name


def test_an_officer_of_another_district_is_refused_and_told_who_may(built: Built) -> None:
    other = signed_in(build_district("900002", "另一区"))
    for name in ALL:
        response = other.get(address(built, name))
        assert response.status_code == 403, name
        assert "牵头局" in response.content.decode(), name


@pytest.mark.parametrize("name", ["item", "organisation"])
def test_things_of_another_district_are_not_found_under_my_address(built: Built, name: str) -> None:
    other = build_district("900002", "另一区")
    fill(other)
    other.organisations["water"].code = "only-there"
    other.organisations["water"].save()
    foreign = {"item": {"uid": Item.objects.filter(version=other.version).earliest("order").uid}}
    foreign["organisation"] = {"code": "only-there"}
    url = reverse(f"plan:{name}", kwargs={"district_code": built.district.code, **foreign[name]})
    assert signed_in(built).get(url).status_code == 404


@pytest.mark.parametrize("number", ["7", "x", "-1", "99999999999"])
def test_a_version_that_is_not_there_is_not_found(built: Built, number: str) -> None:
    client = signed_in(built)
    for name in ALL:
        if name != "item":  # a row belongs to its version
            assert client.get(address(built, name), {"version": number}).status_code == 404, name


def test_before_the_first_import_every_page_says_what_to_do_first() -> None:
    empty = build_district()
    PlanVersion.objects.all().delete()
    for name in PAGES:
        for role, told in (("lead_bureau", "导入规划文件"), ("department", "由牵头局导入")):
            body = signed_in(empty, role).get(address(empty, name)).content.decode()
            assert "还没有导入规划" in body, name
            assert told in body, name


def test_pages_of_a_version_without_rows_say_so(built: Built) -> None:
    add_version(built.district, built.plan, 2)
    client = signed_in(built)
    for name, words in (
        ("indicators", "没有读到指标表"),
        ("projects", "没有读到项目表"),
        ("tasks", "没有读到任务分工表"),
        ("findings", "没有发现"),
        ("document", "没有保存原文"),
    ):
        body = client.get(address(built, name), {"version": 2}).content.decode()
        assert words in body, name


# What may cost more queries as rows grow: nothing.
@pytest.mark.parametrize("name", ALL)
def test_ten_times_the_rows_cost_the_same_queries(built: Built, name: str) -> None:
    client = signed_in(built)
    add_version(built.district, built.plan, 2, status="review")
    fill(built, version=PlanVersion.objects.get(number=2))
    client.get(address(built, name))  # the first answer of a process loads what stays
    with CaptureQueriesContext(connection) as few:
        client.get(address(built, name), {"version": 1} if name != "item" else {})
    Item.objects.all().delete()
    for version in PlanVersion.objects.all():
        version.document_lines.all().delete()
        fill(built, times=10, version=version)
    with CaptureQueriesContext(connection) as many:
        client.get(address(built, name), {"version": 1} if name != "item" else {})
    assert len(few) == len(many), [q["sql"][:90] for q in many.captured_queries]


def test_an_undetermined_amount_is_neither_blank_nor_zero(built: Built) -> None:
    """Project 3 prints one amount of 500 for three sources: three cells are 待定, and 500 is not placed."""
    client = signed_in(built)
    body = client.get(address(built, "projects")).content.decode()
    row = body.split(f'id="row-{Item.objects.get(kind="project", no="3").uid}"')[1].split("</tr>")[0]
    assert row.count("待定") == 3
    assert "500.00" in row
    assert ">0.00<" not in row
    assert "来源待定" in body


def test_a_target_assigned_by_the_municipality_is_a_state_of_its_own(built: Built) -> None:
    body = signed_in(built).get(address(built, "indicators")).content.decode()
    row = body.split(f'id="row-{Item.objects.get(kind="indicator", no="2").uid}"')[1].split("</tr>")[0]
    assert "市级下达" in row


def test_sums_are_held_against_what_the_document_claims(built: Built) -> None:
    """Counted 1000 + 990 + 500 + 500 = 2990 against a claimed 3000; by source 500 is not placed, so 区级 stands at
    400 = 400 and 上级 600 + 500 = 1100 is 500 short of 1600: open, not wrong."""
    body = signed_in(built).get(address(built, "overview")).content.decode()
    sums = body.split('class="data dense sums"')[1].split("</table>")[0]
    assert "2,990.00" in sums
    assert "−10.00" in sums
    assert "一致" in sums
    assert "待定 500.00" in sums


def test_filters_live_in_the_address_and_the_file_holds_what_is_filtered(built: Built) -> None:
    client = signed_in(built)
    url = address(built, "projects")
    shown = client.get(url, {"lead": "water"}).content.decode()
    assert "护岸工程1" in shown
    assert "管网延伸2" not in shown
    book = load_workbook(io.BytesIO(client.get(url, {"lead": "water", "export": "xlsx"}).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "总投资（万元）" in rows[0]
    assert rows[1][rows[0].index("总投资（万元）")] == 1000
    assert "项目名称" in rows[0], "a file holds every column unless some were chosen"


@pytest.mark.parametrize("name", ["indicators", "projects", "tasks", "organisations", "findings"])
def test_every_table_goes_out_as_csv_by_either_parameter(built: Built, name: str) -> None:
    client = signed_in(built)
    contents = [client.get(address(built, name), {p: "csv"}).content for p in ("format", "export")]
    assert contents[0] == contents[1]
    rows = list(csv.reader(io.StringIO(contents[0].decode("utf-8-sig"))))
    assert len(rows) > 1
    assert all(any(cell for cell in row) for row in rows)


def test_the_document_and_its_rows_lead_to_each_other(built: Built) -> None:
    item = Item.objects.get(kind="project", no="1")
    body = signed_in(built).get(address(built, "document"), {"line": "9"}).content.decode()
    assert f'href="#R{item.uid}"' in body  # from the line to the row
    assert f'id="R{item.uid}"' in body
    assert f'href="#L{item.first_line}"' in body  # from the row to its lines
    assert reverse("plan:item", kwargs={"district_code": built.district.code, "uid": item.uid}) in body
    assert 'class="finding-mark"' in body


def test_a_line_past_the_end_is_said_not_hidden(built: Built) -> None:
    body = signed_in(built).get(address(built, "document"), {"line": "4000"}).content.decode()
    assert "只有 40 行" in body


def test_comparison_shows_each_changed_field_and_moves_no_row(built: Built) -> None:
    add_version(built.district, built.plan, 2, status="review")
    second = PlanVersion.objects.get(number=2)
    fill(built, version=second)
    changed = Item.objects.get(version=second, kind="project", no="1")
    changed.project.investment = 1200
    changed.project.save()
    gone = Item.objects.get(version=second, kind="task", no="5")
    gone.delete()
    body = signed_in(built).get(address(built, "compare"), {"a": 1, "b": 2}).content.decode()
    assert "新增 0 行，删去 1 行，修改 1 行" in body
    assert "<del>1,000.00</del>" in body
    assert "<ins>1,200.00</ins>" in body


def test_one_version_alone_has_nothing_to_be_compared_with(built: Built) -> None:
    assert "只有一个版本" in signed_in(built).get(address(built, "compare")).content.decode()


@pytest.mark.parametrize("asked", [{"a": 1, "b": 9}, {"a": "x"}])
def test_a_comparison_with_no_such_version_is_not_found(built: Built, asked: dict[str, object]) -> None:
    add_version(built.district, built.plan, 2)
    assert signed_in(built).get(address(built, "compare"), asked).status_code == 404


def test_search_finds_two_characters_and_marks_them(built: Built) -> None:
    body = signed_in(built).get(address(built, "search"), {"q": "护岸"}).content.decode()
    assert "<mark>护岸</mark>" in body
    assert "没有找到" in signed_in(built).get(address(built, "search"), {"q": "月球车"}).content.decode()


def test_what_is_typed_into_search_is_never_markup(built: Built) -> None:
    body = signed_in(built).get(address(built, "search"), {"q": "<img src=x>"}).content.decode()
    assert "<img src=x>" not in body


def test_no_page_holds_inline_style_or_script(built: Built) -> None:
    client = signed_in(built)
    for name in ALL:
        response = client.get(address(built, name))
        if response["Content-Type"].startswith("text/html"):
            body = response.content.decode()
            for forbidden in (" style=", "<style", " onclick=", "<script>"):
                assert forbidden not in body, name


def test_my_department_is_mine(built: Built) -> None:
    body = signed_in(built, "department").get(address(built, "mine")).content.decode()
    assert "区水利局" in body
    assert "护岸工程1" in body
    assert "管网延伸2" not in body


def test_an_account_without_an_organisation_is_told_what_to_do(built: Built) -> None:
    assert "没有归属单位" in signed_in(built, "auditor").get(address(built, "mine")).content.decode()
