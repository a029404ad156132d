"""Reporting by quarter: draft, evidence, submission, return, answer, acceptance; indicator values; the public page."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qihou.domains.plan.api import adoption
from qihou.domains.plan.models import Evidence, PlanVersion, ProgressReport
from qihou.measure.periods import Period
from qihou.record.models import AuditEvent, Commitment, Entry

from .api_world import World, item, make_world, take_in
from .working_world import BACKEND, signed_in, url

pytestmark = pytest.mark.django_db
SECRET = "内部核算表"


@pytest.fixture
def world(settings, tmp_path: Path) -> World:
    settings.FILES_ROOT = tmp_path
    return make_world()


@pytest.fixture
def version(world: World) -> PlanVersion:
    made = take_in(world)
    return adoption.adopt(world.actor("lead"), world.district, made.uid, leave_undetermined=True, reason="先用起来")


def quarter() -> str:
    return Period.quarter_of(timezone.localdate()).previous().code


def form(world: World, row, who: str = "forestry") -> str:
    owner = getattr(world, who)
    return url(world, "report", uid=row.uid) + f"?period={quarter()}&organisation={owner.uid}"


def fields(world: World, act: str = "save", who: str = "forestry", **changed: object) -> dict[str, object]:
    return {
        "act": act, "period": quarter(), "organisation": str(getattr(world, who).uid), "percent": "40",
        "paid_district_budget": "120.50", "text": "完成整地", **changed,
    }  # fmt: skip


def submit(world: World, version: PlanVersion, **changed: object) -> ProgressReport:
    row = item(version, "project", 2)
    answer = signed_in(world, "forestry").post(form(world, row), fields(world, "submit", **changed))
    assert answer.status_code == 303, answer.content.decode()
    return ProgressReport.objects.order_by("-pk").first()


def test_a_draft_is_saved_and_shown_again_digit_for_digit(world, version):
    row = item(version, "project", 2)
    client = signed_in(world, "forestry")
    assert client.post(form(world, row), fields(world)).status_code == 303
    report = ProgressReport.objects.get()
    assert (report.status, report.percent, report.paid_district_budget) == ("draft", Decimal("40"), Decimal("120.50"))
    assert report.paid_private is None, "what was left blank is not zero"
    page = client.get(form(world, row)).content.decode()
    assert 'value="120.50"' in page
    assert "完成整地" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"percent": "四成"}, "不是数字"),
        ({"percent": "140"}, "0 到 100"),
        ({"paid_private": "-3"}, "不能为负"),
        ({"paid_private": "一百万"}, "不是数字"),
        ({"text": "", "act": "submit"}, "请写明本季度"),
        ({"percent": "", "act": "submit"}, "百分比"),
        ({"period": "2099Q1"}, "还没有开始"),
    ],
)
def test_a_wrong_field_is_named_and_everything_typed_is_kept(world, version, changed, said):
    row = item(version, "project", 2)
    sent = fields(world, **{"text": "已栽植三百亩", **changed})
    answer = signed_in(world, "forestry").post(form(world, row), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert not ProgressReport.objects.exists()
    if sent["text"]:
        assert "已栽植三百亩" in page
    if sent["percent"]:
        assert f'value="{sent["percent"]}"' in page


def test_full_width_digits_and_separators_are_understood(world, version):
    row = item(version, "project", 2)
    sent = fields(world, percent="４０％", paid_district_budget="1,120.50")
    assert signed_in(world, "forestry").post(form(world, row), sent).status_code == 303
    report = ProgressReport.objects.get()
    assert (report.percent, report.paid_district_budget) == (Decimal("40"), Decimal("1120.50"))


def test_the_round_of_a_report_returned_and_answered(world, version):
    """Submit → the bureau returns it with a reason → a second revision → accepted → the public page shows it."""
    first = submit(world, version)
    lead = signed_in(world, "lead")
    assert "等您接收或退回" in lead.get(url(world, "progress")).content.decode()
    assert lead.post(url(world, "report_return", uid=first.uid), {"note": ""}).status_code == 422
    assert lead.post(url(world, "report_return", uid=first.uid), {"note": "请补支付凭证"}).status_code == 303
    public = reverse("plan_public:progress", kwargs={"district_code": world.district.code})
    assert "40%" not in Client().get(public).content.decode()

    forestry = signed_in(world, "forestry")
    todo = forestry.get(url(world, "progress")).content.decode()
    assert "请补支付凭证" in todo
    row = item(version, "project", 2)
    again = forestry.get(form(world, row)).content.decode()
    assert "请补支付凭证" in again
    assert "完成整地" in again, "the returned text is there to be mended"
    assert forestry.post(form(world, row), fields(world, "submit", percent="45")).status_code == 303
    second = ProgressReport.objects.get(revision=2)
    assert lead.post(url(world, "report_accept", uid=second.uid), {}).status_code == 303
    second.refresh_from_db()
    assert second.status == "accepted"
    shown = Client().get(public).content.decode()
    assert "45%" in shown
    assert "完成整地" not in shown, "the words of a report stay in the office"
    assert "forestry" not in shown


def test_a_submitted_report_is_closed_and_accepting_twice_is_refused(world, version):
    report = submit(world, version)
    row = item(version, "project", 2)
    forestry = signed_in(world, "forestry")
    assert forestry.post(form(world, row), fields(world, percent="50")).status_code == 422
    lead = signed_in(world, "lead")
    assert lead.post(url(world, "report_accept", uid=report.uid), {}).status_code == 303
    assert lead.post(url(world, "report_accept", uid=report.uid), {}).status_code == 422
    report.refresh_from_db()
    assert report.percent == Decimal("40")


def test_accept_and_go_on_to_the_next(world, version):
    first = submit(world, version)
    row = item(version, "task", 3)
    signed_in(world, "forestry").post(
        form(world, row), {k: v for k, v in fields(world, "submit").items() if "paid" not in k}
    )
    second = ProgressReport.objects.exclude(pk=first.pk).get()
    answer = signed_in(world, "lead").post(url(world, "report_accept", uid=first.uid), {"then": "next"})
    assert str(second.uid) in answer.url


def test_evidence_reaches_the_bureau_and_nobody_else(world, version):
    file = SimpleUploadedFile("支付凭证.html", f"<script>{SECRET}</script>".encode())
    report = submit(world, version, evidence=file)
    evidence = Evidence.objects.get(report=report)
    address = url(world, "evidence", uid=evidence.uid)
    for who in ("lead", "forestry", "auditor"):
        answer = signed_in(world, who).get(address)
        assert answer.status_code == 200, who
        assert b"".join(answer.streaming_content).decode() == f"<script>{SECRET}</script>"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
    for who in ("finance", "town"):
        answer = signed_in(world, who).get(address)
        assert answer.status_code == 403, who
        assert SECRET not in answer.content.decode()
    assert Client().get(address).status_code == 302
    detail = signed_in(world, "finance").get(url(world, "report_detail", uid=report.uid)).content.decode()
    assert address not in detail
    assert "支付凭证" not in detail


def test_evidence_can_be_taken_off_a_draft(world, version):
    row = item(version, "project", 2)
    client = signed_in(world, "forestry")
    client.post(form(world, row), fields(world, evidence=SimpleUploadedFile("照片.jpg", b"\xff\xd8x")))
    evidence = Evidence.objects.get()
    assert client.post(form(world, row), fields(world, remove=str(evidence.uid))).status_code == 303
    assert not Evidence.objects.exists()


def test_an_empty_evidence_file_is_named_and_nothing_is_saved(world, version):
    row = item(version, "project", 2)
    answer = signed_in(world, "forestry").post(
        form(world, row), fields(world, evidence=SimpleUploadedFile("空.jpg", b""))
    )
    assert answer.status_code == 422
    assert "空.jpg" in answer.content.decode()
    assert not ProgressReport.objects.exists()


def test_another_department_sees_no_form_and_cannot_write(world, version):
    row = item(version, "project", 2)
    client = signed_in(world, "finance")
    page = client.get(form(world, row)).content.decode()
    assert 'name="percent"' not in page
    assert "区林业局" in page
    assert client.post(form(world, row), fields(world)).status_code == 403
    assert not ProgressReport.objects.exists()


def test_a_draft_is_seen_by_its_own_department_only(world, version):
    row = item(version, "project", 2)
    signed_in(world, "forestry").post(form(world, row), fields(world, text="尚未核实的说法"))
    draft = ProgressReport.objects.get()
    assert signed_in(world, "forestry").get(url(world, "report_detail", uid=draft.uid)).status_code == 200
    for who in ("lead", "finance", "auditor"):
        answer = signed_in(world, who).get(url(world, "report_detail", uid=draft.uid))
        assert answer.status_code == 404, who
        assert "尚未核实" not in answer.content.decode()


def test_what_was_typed_survives_a_lost_sign_in_for_its_writer_only(world, version):
    row = item(version, "project", 2)
    writer, stranger = world.people["forestry"], world.people["finance"]
    client = Client()
    sent = fields(world, "submit", text="写了半小时的进展", kept_for=str(writer.uid))
    answer = client.post(form(world, row), sent)
    assert answer.status_code == 302
    assert "/signin" in answer.url
    assert not ProgressReport.objects.exists()
    client.force_login(writer, backend=BACKEND)
    page = client.get(form(world, row)).content.decode()
    assert "写了半小时的进展" in page
    assert "登录曾经过期" in page
    assert "登录曾经过期" not in client.get(form(world, row)).content.decode(), "handed out once"

    client = Client()
    client.post(form(world, row), sent)
    client.force_login(stranger, backend=BACKEND)
    assert "写了半小时的进展" not in client.get(form(world, row)).content.decode()


def test_not_delivered_and_off_track_are_two_different_words(world, version):
    """A late report is not delivered; a delivered one far behind is off track: two words, two shapes."""
    from qihou.face.states import state

    late, behind = state("not_delivered"), state("off_track")
    assert str(late.word) != str(behind.word)
    assert late.shape != behind.shape
    assert late.tone != behind.tone
    PlanVersion.objects.filter(pk=version.pk).update(adopted_at=timezone.now() - timezone.timedelta(days=400))
    page = signed_in(world, "forestry").get(url(world, "progress")).content.decode()
    assert "未报送" in page
    assert "st-not-delivered" in page
    assert "st-off-track" not in page.split("<main", 1)[1]


def test_who_has_nothing_to_report_is_told_why(world, version):
    assert "不用报送进展" in signed_in(world, "finance").get(url(world, "progress")).content.decode()
    assert "没有所属单位" in signed_in(world, "town").get(url(world, "progress")).content.decode()


def test_before_adoption_nothing_is_owed(world):
    take_in(world)
    page = signed_in(world, "forestry").get(url(world, "progress")).content.decode()
    assert "规划还没有采用" in page


def test_an_indicator_value_goes_from_draft_to_the_public(world, version):
    row = item(version, "indicator", 1)
    address = url(world, "indicator_values", uid=row.uid)
    year = str(timezone.localdate().year - 1)
    forestry, lead = signed_in(world, "forestry"), signed_in(world, "lead")
    assert forestry.post(address, {"act": "save", "year": year, "value": "42.10"}).status_code == 303
    entry = Entry.objects.get()
    assert (entry.status, str(entry.value)) == ("draft", "42.10")
    assert forestry.post(address, {"act": "submit", "entry": str(entry.uid)}).status_code == 303
    assert forestry.post(address, {"act": "approve", "entry": str(entry.uid)}).status_code == 403
    assert lead.post(address, {"act": "return", "entry": str(entry.uid), "note": ""}).status_code == 422
    assert lead.post(address, {"act": "approve", "entry": str(entry.uid)}).status_code == 303
    public = reverse("plan_public:progress", kwargs={"district_code": world.district.code})
    assert "42.10" not in Client().get(public).content.decode()
    assert lead.post(address, {"act": "publish", "entry": str(entry.uid)}).status_code == 303
    assert "42.10" in Client().get(public).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"value": ""}, "请填数值"),
        ({"value": "百分之四十"}, "不是数字"),
        ({"value": "40", "notation": "NE", "reason": "x"}, "只能选一个"),
        ({"value": "", "notation": "NE", "reason": ""}, "写明理由"),
        ({"value": "40", "year": "明年"}, "年份"),
    ],
)
def test_a_value_needs_a_number_or_a_reason(world, version, sent, said):
    row = item(version, "indicator", 1)
    address = url(world, "indicator_values", uid=row.uid)
    answer = signed_in(world, "forestry").post(address, {"act": "save", "year": "2025", **sent})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Entry.objects.exists()


def test_no_number_with_its_reason_is_a_value_of_its_own(world, version):
    row = item(version, "indicator", 1)
    address = url(world, "indicator_values", uid=row.uid)
    sent = {"act": "save_submit", "year": "2025", "notation": "NE", "reason": "普查未完成"}
    assert signed_in(world, "forestry").post(address, sent).status_code == 303
    entry = Entry.objects.get()
    assert (entry.value, entry.notation, entry.status) == (None, "NE", "submitted")
    assert "普查未完成" in signed_in(world, "lead").get(address).content.decode()


def test_the_municipalitys_number_is_recorded_with_its_document(world, version):
    row = item(version, "indicator", 2)
    address = url(world, "assign_target", uid=row.uid)
    lead = signed_in(world, "lead")
    assert lead.post(address, {"value": "18", "note": ""}).status_code == 422
    assert lead.post(address, {"value": "十八", "note": "渝环〔2022〕1号"}).status_code == 422
    assert lead.post(address, {"value": "18", "note": "渝环〔2022〕1号"}).status_code == 303
    assert Commitment.objects.get(about_uid=row.thread.uid, kind="target", withdrawn_at=None).value == Decimal("18")
    assert signed_in(world, "forestry").post(address, {"value": "9", "note": "x"}).status_code == 403
    assert (
        "不由市级下达" in lead.get(url(world, "assign_target", uid=item(version, "indicator", 1).uid)).content.decode()
    )


def test_a_forged_form_gets_a_page_that_explains_and_changes_nothing(world, version):
    row = item(version, "project", 2)
    before = AuditEvent.objects.count()
    answer = signed_in(world, "forestry", enforce_csrf_checks=True).post(form(world, row), fields(world, "submit"))
    assert answer.status_code == 403
    assert "表单已经失效" in answer.content.decode()
    assert AuditEvent.objects.count() == before


def test_the_public_page_of_a_district_without_a_plan(world):
    page = Client().get(reverse("plan_public:progress", kwargs={"district_code": world.district.code}))
    assert page.status_code == 200
    assert "还没有公布规划进展" in page.content.decode()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_public_tables_can_be_taken_away(world, version, kind):
    address = reverse("plan_public:progress", kwargs={"district_code": world.district.code})
    answer = Client().get(address, {"p.export": kind})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if kind == "csv":
        assert "污水厂改造" in answer.content.decode("utf-8-sig")


def carried(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_a_draft_changed_meanwhile_is_not_overwritten_unseen_and_nothing_typed_is_lost(world, version):
    row = item(version, "project", 2)
    one, two = signed_in(world, "forestry"), signed_in(world, "forestry")
    first, second = (
        carried(one.get(form(world, row)).content.decode()),
        carried(two.get(form(world, row)).content.decode()),
    )
    assert first == second == ""
    assert one.post(form(world, row), fields(world, text="先写的", seen=first)).status_code == 303
    answer = two.post(form(world, row), fields(world, text="后写的", seen=second))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "改了这份报告" in page
    assert "先写的" in page
    assert ">后写的</textarea>" in page
    assert ProgressReport.objects.get().text == "先写的"
    assert two.post(form(world, row), fields(world, text="后写的", seen=carried(page))).status_code == 303
    assert ProgressReport.objects.get().text == "后写的"
    assert carried(two.get(form(world, row)).content.decode()) not in ("", carried(page))


def test_the_bureau_finds_no_form_where_the_department_writes_itself(world, version):
    row = item(version, "project", 2)
    signed_in(world, "forestry").post(form(world, row), fields(world, text="尚未核实的说法"))
    page = signed_in(world, "lead").get(form(world, row)).content.decode()
    assert "尚未核实" not in page
    assert 'name="percent"' not in page
    assert "不能代填" in page
    item_page = signed_in(world, "lead").get(url(world, "item", uid=row.uid)).content.decode()
    assert "尚未核实" not in item_page
