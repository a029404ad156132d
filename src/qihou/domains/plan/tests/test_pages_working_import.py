"""Uploading: what is refused at once, what the reader refuses, and that nothing is left behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qihou.domains.plan.api import adoption
from qihou.domains.plan.jobs import READINGS
from qihou.domains.plan.models import PlanVersion
from qihou.record.api import jobs
from qihou.record.models import Job, Source

from .api_world import World, make_world, take_in
from .working_world import signed_in, url

pytestmark = pytest.mark.django_db
PLAIN = """示例区“十四五”应对气候变化规划

附表1 重点项目

| 序号 | 项目名称 | 建设年限 | 总投资（万元） | 责任单位 |
| 1 | 河堤加固 | 2021-2025 | 1200 | 区水利局 |
"""


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> None:
    """Jobs run inside the request, so that a test sees their end; files go to a folder of the test."""

    def at_once(actor, district, kind, params, work, *, turns):
        assert turns is READINGS, "readings share one queue"
        return jobs.run_inline(actor, district, kind, params, work)

    monkeypatch.setattr(jobs, "start", at_once)
    settings.FILES_ROOT = tmp_path


def bomb() -> bytes:
    """A .docx whose text unfolds to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        with z.open("word/document.xml", "w", force_zip64=True) as f:
            for _ in range(300):
                f.write(b" " * 1_000_000)
    return out.getvalue()


def entities() -> bytes:
    """A .docx that asks for a file of the machine through an external entity."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr(
            "word/document.xml",
            '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
        )
    return out.getvalue()


PDF_WITHOUT_TEXT = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def send(world: World, name: str, content: bytes, who: str = "lead", **fields: str):
    file = SimpleUploadedFile(name, content)
    return signed_in(world, who).post(url(world, "import_upload"), {"file": file, **fields}, follow=True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("规划.txt", b"", "0 字节"),
        ("规划.xls", b"x", "不能读“.xls”文件"),
        ("规划", b"x", "没有后缀"),
    ],
)
def test_refused_at_the_door_with_a_sentence_that_names_the_file(world, name, content, said):
    answer = send(world, name, content, label="征求意见稿")
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="征求意见稿"' in answer.content.decode(), "what was typed must still stand in the form"
    assert not Job.objects.exists()
    assert not Source.objects.exists()


def test_a_file_over_the_limit_says_both_sizes(world, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    answer = send(world, "规划.txt", b"x" * 1500)
    assert answer.status_code == 422
    assert "1.5 kB" in answer.content.decode()
    assert "1.0 kB" in answer.content.decode()


def test_no_file_at_all(world):
    answer = signed_in(world, "lead").post(url(world, "import_upload"), {"label": "一"})
    assert answer.status_code == 422
    assert "没有选择文件" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rubbish.txt", bytes(range(256)) * 40),
        ("rubbish.docx", b"PK\x03\x04 but nothing more"),
        ("bomb.docx", bomb()),
        ("entities.docx", entities()),
        ("scan.pdf", PDF_WITHOUT_TEXT),
        ("torn.pdf", b"%PDF-1.7 torn off"),
        ("blank.html", "<html><body>　\n</body></html>".encode()),
    ],
)
def test_a_hostile_or_empty_file_ends_in_a_sentence_and_no_register(world, name, content):
    answer = send(world, name, content)
    page = answer.content.decode()
    assert answer.status_code == 200
    job = Job.objects.get()
    assert job.state in ("failed", "done"), job.message
    assert "Traceback" not in page
    assert "root:" not in page
    if job.state == "failed":
        assert "内部错误" not in job.message, "the reader must name the trouble itself"
        assert job.message in page or "这份文件没有读进来" in page
        assert "登记表没有任何改动" in page
        assert not PlanVersion.objects.exists()
        assert not Source.objects.exists()
    else:
        assert not PlanVersion.objects.get().items.exists(), "nothing may be invented from it"


def test_script_in_a_page_is_text_nowhere_code(world):
    evil = f"<html><body><script>alert(1)</script><p>{PLAIN}</p><img src=x onerror=alert(2)></body></html>"
    answer = send(world, "plan.html", evil.encode())
    assert Job.objects.get().state == "done", Job.objects.get().message
    version = PlanVersion.objects.get()
    review = signed_in(world, "lead").get(url(world, "review", number=version.number) + "?show=all")
    for page in (answer.content.decode(), review.content.decode()):
        assert "<script>alert" not in page
        assert "onerror=alert" not in page


def test_gb18030_reads_like_utf8(world):
    send(world, "一.txt", PLAIN.encode("gb18030"))
    version = PlanVersion.objects.get()
    assert [i.title for i in version.items.filter(kind="project")] == ["河堤加固"]


def test_the_way_from_upload_to_review(world):
    answer = send(world, "规划.txt", PLAIN.encode(), label="征求意见稿")
    page = answer.content.decode()
    assert "读取完成" in page
    version = PlanVersion.objects.get()
    assert version.label == "征求意见稿"
    assert version.status == "review"
    assert url(world, "review", number=version.number) in page


def test_the_link_after_an_import_leads_to_the_new_draft_where_there_are_two_plans(world):
    """Both plans have a version 1; the other's is in force, and is what an address without a plan would open."""
    other = take_in(world, plan_code="other")
    adoption.adopt(world.actor("lead"), world.district, other.uid, leave_undetermined=True, reason="先用")
    answer = send(world, "规划.txt", PLAIN.encode(), plan="mine")
    version = PlanVersion.objects.get(plan__code="mine")
    assert (version.number, other.number) == (1, 1)
    address = url(world, "review", number=1) + "?plan=mine"
    assert f'href="{address}"' in answer.content.decode()
    page = signed_in(world, "lead").get(address)
    assert page.context["version"].uid == version.uid


def test_the_same_file_twice_is_refused_and_says_where_it_is(world):
    send(world, "规划.txt", PLAIN.encode())
    page = send(world, "规划副本.txt", PLAIN.encode()).content.decode()
    assert "已经导入过" in page
    assert PlanVersion.objects.count() == 1


def test_only_the_lead_bureau_may_import(world):
    client = signed_in(world, "finance")
    assert client.get(url(world, "import_upload")).status_code == 403
    assert send(world, "规划.txt", PLAIN.encode(), who="finance").status_code == 403
    assert not Job.objects.exists()


def test_a_running_job_shows_numbers_and_asks_again(world):
    job = Job.objects.create(district=world.district, kind="plan.import", state="running", params={"file": "规划.txt"},
                             step="写入登记表", done=2, total=4)  # fmt: skip
    page = signed_in(world, "lead").get(url(world, "job", uid=job.uid)).content.decode()
    assert "2 / 4" in page
    assert "50%" in page
    assert 'hx-trigger="every 1s"' in page
    part = signed_in(world, "lead").get(url(world, "job", uid=job.uid), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<section"), "htmx gets the piece, not the page"


def test_an_interrupted_import_says_so_and_that_nothing_changed(world):
    job = Job.objects.create(
        district=world.district, kind="plan.import", state="interrupted", params={"file": "规划.txt"}
    )
    client = signed_in(world, "lead")
    page = client.get(url(world, "job", uid=job.uid)).content.decode()
    assert "程序在读取途中停止" in page
    assert "登记表没有任何改动" in page
    assert "规划.txt" in client.get(url(world, "versions")).content.decode()


def test_another_districts_job_is_not_found(world):
    other = make_world("999902", "别区")
    job = Job.objects.create(district=other.district, kind="plan.import", params={"file": "秘密.txt"})
    answer = signed_in(world, "lead").get(url(world, "job", uid=job.uid))
    assert answer.status_code == 404
    assert "秘密" not in answer.content.decode()


def test_versions_before_the_first_import_say_what_to_do(world):
    assert url(world, "import_upload") in signed_in(world, "lead").get(url(world, "versions")).content.decode()
    page = signed_in(world, "finance").get(url(world, "versions")).content.decode()
    assert "牵头局导入规划后" in page
    assert url(world, "import_upload") not in page
