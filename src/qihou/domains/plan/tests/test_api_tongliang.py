"""The published text from the command line to the exports. Skipped, by name, only where the text is not at hand."""

from __future__ import annotations

import time
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from qihou.cli import main
from qihou.domains.plan.api import adoption, importing, queries
from qihou.domains.plan.models import DocumentLine, Item, PlanVersion
from qihou.record.api import audit, districts
from qihou.record.api.access import Actor
from qihou.record.models import Commitment

from .api_world import TODAY, make_world, register

CHECKOUT = Path(__file__).parents[5]
TEXT = CHECKOUT.parent / "shared" / "seeds" / "tongliang-climate-plan.txt"
SYSTEM = Actor.system("test")

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return districts.load_district(SYSTEM, CHECKOUT / "districts" / "tongliang")


@pytest.fixture
def text():
    if not TEXT.parent.exists():
        pytest.skip("the folder shared/seeds is not beside the checkout")
    return TEXT


def command(*words: object):
    return CliRunner().invoke(main, ["plan", *map(str, words)])


def test_the_real_plan_goes_in_is_adopted_and_comes_out(district, text, tmp_path):
    done = command("import", text, "--district", district.code, "--label", "征求意见稿")
    assert done.exit_code == 0, done.output
    version = PlanVersion.objects.get()
    view = queries.overview(SYSTEM, district, version.uid, today=TODAY)
    assert view.counts == {"indicator": 12, "project": 45, "task": 140}
    assert (view.version.first_year, view.version.last_year) == (2021, 2025)
    assert view.claimed["investment"] == Decimal("497379.19")
    # Every row stands on lines of the document.
    lines = dict(DocumentLine.objects.values_list("number", "text"))
    for item in Item.objects.all():
        assert 0 < item.first_line <= item.last_line <= len(lines)
        for name in ("name", "text"):
            if cell := item.cells.get(name):
                assert cell["lines"], (item.kind, item.no, name)
                assert all(n in lines for n in cell["lines"])
    adoption.adopt(SYSTEM, district, version.uid, leave_undetermined=True, reason="等财政局核对资金来源")
    # Four targets are assigned by the municipality and wait for their numbers.
    assert Commitment.objects.filter(kind="target", assigned_later=True, value=None).count() == 4
    docx, xlsx = tmp_path / "register.docx", tmp_path / "register.xlsx"
    done = command("export", "--district", district.code, "--docx", docx, "--xlsx", xlsx)
    assert done.exit_code == 0, done.output
    tables = Document(BytesIO(docx.read_bytes())).tables
    assert [len(t.rows) for t in tables] == [13, 47, 141]  # heads, and the projects' total row
    assert [sheet.max_row for sheet in load_workbook(xlsx)][:3] == [13, 46, 141]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["register.docx", "register.xlsx"]
    assert audit.verify().ok


def test_the_same_file_is_refused_with_one_sentence(district, text):
    assert command("import", text, "--district", district.code).exit_code == 0
    again = command("import", text, "--district", district.code)
    assert again.exit_code == 1
    assert "第1版" in again.output
    assert "Traceback" not in again.output
    assert PlanVersion.objects.count() == 1


def test_writing_the_version_costs_a_small_part_of_the_three_seconds(district, text):
    """The whole is measured by the bench; here the process's own time, which a busy machine does not stretch."""
    content = text.read_bytes()
    begin = time.process_time()
    importing.import_plan(SYSTEM, district, name=text.name, content=content)
    assert time.process_time() - begin < 3.0


def test_a_file_without_text_or_a_district_not_loaded_is_one_sentence(tmp_path):
    world = make_world()
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    for words in (
        ("import", empty, "--district", world.district.code),
        ("import", empty, "--district", "000000"),
        ("export", "--district", world.district.code, "--docx", tmp_path / "a.docx"),
        ("export", "--district", world.district.code),
    ):
        done = command(*words)
        assert done.exit_code in (1, 2)
        assert "Traceback" not in done.output
        assert done.output.strip()
    assert not PlanVersion.objects.exists()


def test_an_export_that_cannot_be_written_leaves_the_old_file(tmp_path):
    world = make_world()
    importing.import_register(SYSTEM, world.district, register(), name="a.txt", content=b"a")
    folder = tmp_path / "a.docx"
    folder.mkdir()
    done = command("export", "--district", world.district.code, "--docx", folder)
    assert done.exit_code == 2
    target = tmp_path / "gone" / "a.docx"
    done = command("export", "--district", world.district.code, "--docx", target)
    assert done.exit_code == 1
    assert not list(tmp_path.glob("**/.*"))
