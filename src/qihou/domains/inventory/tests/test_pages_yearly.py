"""The pages of the year's work on the small scheme: who sees what, what is saved, refused and kept."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from qihou.domains.inventory import jobs as inventory_jobs
from qihou.domains.inventory.api import computing, deadlines, entering, publishing, sheets, workbooks
from qihou.domains.inventory.models import Inventory
from qihou.domains.inventory.pages.yearly.shown import ten_thousands as shown_in_ten_thousands
from qihou.domains.inventory.tests.inventory_world import World, energy, fill, make_world, opened, small
from qihou.domains.inventory.tests.test_assembly import COAL as COAL_CO2
from qihou.domains.inventory.tests.test_assembly import DIESEL, FOREST, PIGS
from qihou.record.api import jobs
from qihou.record.models import Entry, Job, Source

BACKEND = "django.contrib.auth.backends.ModelBackend"
YEAR = 2020
BASE = "/d/500151/inventory"
COAL = "fuel.burnt[fuel=bituminous,use=industry]"


@pytest.fixture
def world(db, settings, tmp_path: Path, monkeypatch):
    settings.FILES_ROOT = tmp_path
    # A job runs beside the page that asked for it; here it has run when the page answers.
    monkeypatch.setattr(
        inventory_jobs.jobs, "start",
        lambda actor, district, kind, params, work, turns=None: jobs.run_inline(actor, district, kind, params, work),
    )  # fmt: skip
    with small():
        yield make_world()


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who], backend=BACKEND)
    return client


def page(world: World, who: str, path: str = "", status: int = 200) -> str:
    answer = signed_in(world, who).get(f"{BASE}/{path}")
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def send(world: World, who: str, path: str, **form: object):
    return signed_in(world, who).post(f"{BASE}/{path}", form)


def workbook(world: World, who: str = "lead", **cells: object) -> bytes:
    """The form of the year with values in the rows of these codes' short names."""
    _name, content = workbooks.hand_out(world.actor(who), world.district, YEAR)
    book = load_workbook(io.BytesIO(content))
    for row in book["能源"].iter_rows(min_row=1, max_row=book["能源"].max_row):
        if row[0].value == COAL and "coal" in cells:
            row[3].value = cells["coal"]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(world: World, who: str, content: bytes, name: str = "填报表.xlsx"):
    return send(world, who, f"{YEAR}/workbook/", file=SimpleUploadedFile(name, content))


def test_without_a_year_the_page_says_what_to_do_first(world):
    assert f'href="{BASE}/open/"' in page(world, "lead")
    assert "本单位要填的表会出现在这里" in page(world, "statistics")
    page(world, "statistics", "open/", status=403)


def test_a_year_is_opened_with_its_choices_and_deadline(world):
    assert "甲烷 28、氧化亚氮 265" in page(world, "lead", "open/"), "AR5, table 8.A.1"
    form = {"year": "2020", "edition": "ipcc-2006", "landfill": "mass-balance", "gwp_set": "AR4", "draws": "0"}
    wrong = send(world, "lead", "open/", **form, due_on="明年三月")
    assert wrong.status_code == 422
    assert "不是日期" in wrong.content.decode()
    early = send(world, "lead", "open/", **form, due_on="2020-12-31")
    assert "应在 2020 年结束之后" in early.content.decode()
    assert not Inventory.objects.exists(), "a year is not opened by halves"
    assert send(world, "lead", "open/", **form, due_on="2021-03-31").status_code == 303
    made = Inventory.objects.get()
    assert (made.gwp_set, made.edition, made.due_on) == ("AR4", "ipcc-2006", date(2021, 3, 31))


def test_the_home_names_who_is_late(world):
    opened(world)
    fill(world, only=("farm",), upto="submitted")
    deadlines.set_deadline(world.actor("lead"), world.district, YEAR, date(2021, 3, 31))
    shown = page(world, "lead", f"{YEAR}/")
    late = re.search(r"期限 2021-03-31 已过，还有 2 个单位没有交齐：([^<]*)", shown)
    assert late, shown
    assert set(late[1].split("、")) == {"区统计局", "区林业局"}
    views = sheets.sheets_of(world.actor("lead"), world.district, YEAR)
    before = deadlines.standings(views, date(2021, 3, 31), date(2021, 3, 31))
    assert not any(one.late for one in before), "on the day itself nobody is late"


def test_what_waits_is_counted_for_each(world):
    opened(world)
    counts = {
        who: deadlines.sheets_waiting(world.actor(who), world.district.pk) for who in ("lead", "statistics", "auditor", "town")
    }  # fmt: skip
    assert counts == {"lead": 0, "statistics": 1, "auditor": 0, "town": 0}
    fill(world, only=("energy",), upto="submitted")
    assert deadlines.sheets_waiting(world.actor("statistics"), world.district.pk) == 0
    assert deadlines.sheets_waiting(world.actor("lead"), world.district.pk) == 1


def test_a_department_gets_its_own_sheets_only(world):
    opened(world)
    for who, titles in (("lead", {"能源", "农业", "林业"}), ("statistics", {"能源"})):
        answer = signed_in(world, who).get(f"{BASE}/{YEAR}/workbook/file/")
        book = load_workbook(io.BytesIO(answer.content))
        assert set(book.sheetnames) & {"能源", "农业", "林业"} == titles
    page(world, "town", f"{YEAR}/workbook/file/", status=403)
    page(world, "forestry", f"{YEAR}/sheets/energy/", status=403)


def test_a_hand_in_is_previewed_written_and_then_does_nothing(world):
    opened(world)
    fill(world, only=("energy",), upto="draft")
    answer = upload(world, "statistics", workbook(world, "statistics", coal=1100))
    assert answer.status_code == 303
    shown = signed_in(world, "statistics").get(answer["Location"]).content.decode()
    assert "1 个数会改动" in shown
    assert re.search(r"能源!\w+", shown)
    assert "×1.1" in shown, "1100 over 1000"
    page(world, "forestry", answer["Location"].removeprefix(f"{BASE}/"), status=404)
    assert Entry.objects.count() == 4, "nothing is written before it is asked for"
    here = answer["Location"].removeprefix(f"{BASE}/")
    assert send(world, "statistics", here, act="commit").status_code == 303
    newest = Entry.objects.filter(datastream__property__code=COAL).order_by("-revision")[0]
    assert (newest.value, newest.illustrative, newest.source.name) == (Decimal(1100), False, "填报表.xlsx")
    assert send(world, "statistics", here, act="commit").status_code == 303
    assert Entry.objects.count() == 5, "a second time changes nothing"


def test_a_file_with_an_error_is_named_by_cell_refused_and_kept(world):
    opened(world)
    answer = upload(world, "statistics", workbook(world, "statistics", coal="一千吨"))
    here = answer["Location"].removeprefix(f"{BASE}/")
    shown = page(world, "statistics", here)
    assert re.search(r"能源!D\d+", shown)
    assert "没有写入任何内容" in shown
    assert send(world, "statistics", here, act="commit").status_code == 422
    assert not Entry.objects.exists()
    assert Source.objects.get(purpose="workbook").name == "填报表.xlsx"
    kept = signed_in(world, "statistics").get(f"{BASE}/{here}file/")
    assert kept.content[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("表.xls", b"x", "另存为 .xlsx"), ("表.xlsx", b"", "0 字节"), ("表.xlsx", b"not a workbook", "不是 xlsx 工作簿")],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(world, name, content, said):
    opened(world)
    answer = upload(world, "statistics", content, name)
    if answer.status_code == 303:
        answer = signed_in(world, "statistics").get(answer["Location"])
    assert said in answer.content.decode()
    assert not Entry.objects.exists()


def test_what_changed_in_between_is_not_overwritten(world):
    opened(world)
    fill(world, only=("energy",), upto="draft")
    answer = upload(world, "statistics", workbook(world, "statistics", coal=1100))
    here = answer["Location"].removeprefix(f"{BASE}/")
    send(world, "statistics", f"{YEAR}/sheets/energy/", act="save_row", code=COAL, **{f"value:{COAL}": "1050"})
    refused = send(world, "statistics", here, act="commit")
    assert refused.status_code == 422
    assert "又有人改过" in refused.content.decode()
    assert Job.objects.get().state == "done"


def test_a_row_saves_itself_or_says_why_not(world):
    opened(world)
    here = f"{YEAR}/sheets/energy/"
    answer = send(world, "statistics", here, act="save_row", code=COAL, **{f"value:{COAL}": "一千"})
    assert "不是数字" in answer.content.decode()
    send(world, "statistics", here, act="save_row", code=COAL, **{f"value:{COAL}": ""})
    assert not Entry.objects.exists()
    answer = send(
        world, "statistics", here, act="save_row", code=COAL, **{f"value:{COAL}": "", f"notation:{COAL}": "NO"}
    )
    assert answer.status_code == 422
    assert "没有理由" in answer.content.decode()
    answer = send(world, "statistics", here, act="save_row", code=COAL, **{f"value:{COAL}": "1,000.50"})
    assert "已保存" in answer.content.decode()
    entry = Entry.objects.get()
    assert (entry.value, entry.source_place, entry.illustrative) == (Decimal("1000.5"), "网上填报", False)
    answer = send(world, "statistics", here, act="save_row", code=COAL, **{f"value:{COAL}": ""})
    assert "不能改成空白" in answer.content.decode()


def test_a_form_with_an_error_saves_nothing_and_keeps_what_was_typed(world):
    opened(world)
    aviation = "fuel.burnt[fuel=diesel,use=aviation]"
    form = {f"value:{COAL}": "1000", f"value:{aviation}": "十"}
    answer = send(world, "statistics", f"{YEAR}/sheets/energy/", act="save", **form)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'value="十"' in shown
    assert 'value="1000"' in shown
    assert not Entry.objects.exists()


def test_a_pasted_block_is_previewed_and_then_written(world):
    opened(world)
    text = f"{COAL}\t1200\nfuel.burnt[fuel=peat,use=industry]\t3"
    answer = send(world, "statistics", f"{YEAR}/sheets/energy/", act="paste", text=text)
    shown = answer.content.decode()
    assert "不是本表的指标" in shown
    assert 'value="paste_commit"' not in shown, "an error stands in the way"
    good = {"text": f"{COAL}\t1200"}
    assert (
        'value="paste_commit"'
        in send(world, "statistics", f"{YEAR}/sheets/energy/", act="paste", **good).content.decode()
    )
    assert not Entry.objects.exists()
    assert send(world, "statistics", f"{YEAR}/sheets/energy/", act="paste_commit", **good).status_code == 303
    assert Entry.objects.get().value == Decimal(1200)


def test_a_returned_sheet_shows_the_note_and_is_given_again_as_it_stands(world):
    opened(world)
    fill(world, only=("energy",), upto="submitted")
    here = f"{YEAR}/sheets/energy/"
    assert "请写明退回的理由" in send(world, "lead", here, act="return", note=" ").content.decode()
    assert send(world, "statistics", here, act="approve").status_code == 403
    send(world, "lead", here, act="return", note="柴油偏低")
    shown = page(world, "statistics", here)
    assert "柴油偏低" in shown
    fields = dict(re.findall(r'name="(value:[^"]+)" value="([^"]*)"', shown))
    kerosene = "fuel.burnt[fuel=bituminous,use=aviation]"
    words = {f"notation:{kerosene}": "NO", f"reason:{kerosene}": "没有"} if f"value:{kerosene}" in fields else {}
    assert send(world, "statistics", here, act="submit", **fields, **words).status_code == 303
    view = next(v for v in sheets.sheets_of(world.actor("lead"), world.district, YEAR) if v.sheet.key == "energy")
    assert (view.status, view.lacks) == ("submitted", 0)
    assert send(world, "lead", here, act="approve").status_code == 303


def test_a_value_opens_its_source_cell_and_its_revisions(world):
    opened(world)
    fill(world, only=("energy",), upto="approved")
    entry = Entry.objects.filter(datastream__property__code=COAL).order_by("-revision")[0]
    why = signed_in(world, "statistics").get(f"/d/500151/why/inventory.cell/{entry.uid}").content.decode()
    assert "能源!F3" in why
    assert signed_in(world, "forestry").get(f"/d/500151/why/inventory.cell/{entry.uid}").status_code == 403
    history = page(world, "statistics", f"{YEAR}/sheets/energy/cell/?code={COAL}")
    assert "能源!F3" in history
    page(world, "statistics", f"{YEAR}/sheets/energy/cell/?code=no.such", status=404)


def test_findings_are_kept_explained_and_seen_by_whom_they_concern(world):
    opened(world)
    fill(world, only=("forest",), upto="draft")
    assert send(world, "statistics", f"{YEAR}/checks/").status_code == 403
    assert send(world, "lead", f"{YEAR}/checks/").status_code == 303
    shown = page(world, "lead", f"{YEAR}/checks/")
    uid = re.search(rf"{YEAR}/checks/([0-9a-f-]{{36}})/", shown)[1]
    assert "缺少数据" in shown
    assert "缺少数据" not in page(world, "forestry", f"{YEAR}/checks/"), "forestry filled what it is asked"
    refused = send(world, "lead", f"{YEAR}/checks/{uid}/", state="explained", note=" ")
    assert refused.status_code == 422
    assert send(world, "lead", f"{YEAR}/checks/{uid}/", state="explained", note="年中才开始统计").status_code == 303
    assert "年中才开始统计" in page(world, "lead", f"{YEAR}/checks/{uid}/")
    send(world, "lead", f"{YEAR}/checks/")
    assert "年中才开始统计" in page(world, "lead", f"{YEAR}/checks/{uid}/"), "an explanation outlives another look"
    fill(world, only=("energy", "farm"))
    send(world, "lead", f"{YEAR}/checks/")
    assert "已更正" in page(world, "lead", f"{YEAR}/checks/")


def test_a_run_is_refused_in_words_then_published_and_public(world):
    opened(world)
    fill(world, only=("energy", "farm"))
    fill(world, only=("forest",), upto="submitted")
    assert send(world, "lead", f"{YEAR}/compute/", act="compute", draws="0", seed="0").status_code == 303
    shown = page(world, "lead", f"{YEAR}/compute/")
    assert "“林业”还没有审定" in shown
    run = re.search(r'name="run" value="([0-9a-f-]{36})"', shown)[1]
    refused = send(world, "lead", f"{YEAR}/compute/", act="publish", run=run)
    assert refused.status_code == 422
    assert "现在还不能发布" in refused.content.decode()
    assert "还没有公布温室气体清单" in Client().get("/p/500151/inventory/").content.decode()
    sheets.approve_sheet(world.actor("lead"), world.district, YEAR, "forest")
    computing.compute(world.actor("lead"), world.district, YEAR)
    done = computing.compute(world.actor("lead"), world.district, YEAR)
    assert publishing.why_not_publish(world.actor("lead"), world.district, done.uid) == []
    assert send(world, "lead", f"{YEAR}/compute/", act="publish", run=done.uid).status_code == 303
    public = Client().get("/p/500151/inventory/").content.decode()
    # COAL + DIESEL + 28 PIGS + FOREST of test_assembly, in 万吨
    tonnes = COAL_CO2 + DIESEL + PIGS * 28 + FOREST
    assert shown_in_ten_thousands(tonnes) in public
    assert "2020" in public
    assert "区统计局" not in public


def test_a_correction_after_a_run_is_told_with_old_and_new(world):
    opened(world)
    fill(world)
    computing.compute(world.actor("lead"), world.district, YEAR)
    sheets.return_sheet(world.actor("lead"), world.district, YEAR, "energy", "柴油偏低")
    entering.commit(world.actor("statistics"), world.district, YEAR, energy(industry_diesel="120"))
    shown = page(world, "lead", f"{YEAR}/")
    assert "100 → 120" in shown
    assert "重新计算" in shown
    assert "现在重算，与上一次相比" in page(world, "lead", f"{YEAR}/compute/")


@pytest.mark.parametrize("form", ["report", "results", "json"])
def test_a_run_is_had_as_files(world, form):
    opened(world)
    fill(world)
    run = computing.compute(world.actor("lead"), world.district, YEAR)
    answer = signed_in(world, "auditor").get(f"{BASE}/runs/{run.uid}/{form}/")
    assert answer.status_code == 200
    assert answer.content[:2] == (b"{\n" if form == "json" else b"PK")
    page(world, "statistics", f"runs/{run.uid}/{form}/", status=404)
