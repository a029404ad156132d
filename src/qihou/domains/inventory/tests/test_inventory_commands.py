"""`qihou inventory …` and `qihou why`, as a person types them, with no settings and no database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from qihou.cli import main
from qihou.domains.inventory import methods
from qihou.domains.inventory.tests.workbook_forms import at, row_of

SCHEMA = json.loads((Path(methods.__file__).parent / "inventory.schema.json").read_text(encoding="utf-8"))


def run(*args: object):
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("form") / "2020.xlsx"
    done = run("inventory", "workbook", "--year", 2020, path, "--filled-illustrative")
    assert done.exit_code == 0, done.output
    return path


@pytest.fixture(scope="module")
def printed(filled):
    done = run("inventory", "compute", filled, "--gwp", "AR5", "--draws", 200, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def line(printed, code, gas=""):
    return next(one for one in printed["lines"] if (one["code"], one["gas"]) == (code, gas))


def test_it_keeps_to_its_schema(printed):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(printed, SCHEMA)
    assert (printed["district"], printed["year"], printed["illustrative"], printed["draws"]) == (
        "500151",
        2020,
        True,
        200,
    )


def test_results_are_not_written_over_the_form_they_come_from(filled):
    before = filled.read_bytes()
    done = run("inventory", "compute", filled, "--xlsx", filled.parent / "." / filled.name)
    assert (done.exit_code, filled.read_bytes()) == (1, before)
    assert "换一个文件名" in done.output


def test_one_draw_is_no_range(filled):
    done = run("inventory", "compute", filled, "--draws", 1)
    assert (done.exit_code, "at least 100" in done.output) == (2, True)


def test_totals_are_their_sectors(printed):
    sectors = [line(printed, code)["value"] for code in ("energy", "ippu", "agriculture", "waste")]
    forest = line(printed, "lulucf")["value"]
    assert line(printed, "total_without_lulucf")["value"] == pytest.approx(sum(sectors), rel=1e-12)
    assert line(printed, "total")["value"] == pytest.approx(sum(sectors) + forest, rel=1e-12)
    by_gas = [
        one["value"] for one in printed["lines"] if one["code"] == "total" and one["gas"] and one["value"] is not None
    ]
    assert sum(by_gas) == pytest.approx(line(printed, "total")["value"], rel=1e-12)


def test_a_line_opens_by_name_and_by_id(printed, filled):
    cement = line(printed, "energy.combustion.manufacturing.cement", "CO2")
    by_name = run("why", "energy.combustion.manufacturing.cement/CO2@2020", filled)
    by_id = run("why", cement["id"][:8], filled)
    assert by_name.exit_code == by_id.exit_code == 0
    assert by_name.stdout == by_id.stdout
    # 8,000 t of anthracite × 26.7 GJ/t = 213,600 GJ; the workbook's sheet and cell stand beside the tonnes.
    assert "213,600 GJ" in by_name.stdout
    assert "2020.xlsx!工业能源消费!" in by_name.stdout
    assert "待核" in by_name.stdout
    assert "示例" in by_name.stderr


def test_any_figure_of_the_tree_opens_by_its_id(filled):
    whole = run("why", "energy.combustion.manufacturing.cement/CO2@2020", filled).stdout.splitlines()
    heat = next(one for one in whole if "213,600 GJ" in one)
    opened = run("why", heat.rpartition("#")[2], filled).stdout.splitlines()
    assert "fuel=anthracite" in opened[0]
    assert opened[1].startswith("213,600 GJ")


def test_the_bundled_figures_open_without_a_file():
    shown = run("why", "energy/CO2@2020", "--depth", 1)
    assert shown.exit_code == 0
    assert shown.stdout.startswith("能源活动 · Energy energy/CO2@2020")


def test_check_names_what_is_missing_and_where(tmp_path, filled):
    book = load_workbook(filled)
    marks = (str(cell.value) for cell in book["畜禽养殖情况"]["A"])
    herd = next(mark for mark in marks if "livestock=" in mark)
    at(book, herd, sheet="畜禽养殖情况").value = None
    sheet = book["工业能源消费"]
    row = row_of(sheet, "row:[fuel=diesel]")
    spot = next(c for c in sheet[row][3:] if isinstance(c.value, int | float))
    spot.value = "约 5 吨"
    path = tmp_path / "改.xlsx"
    book.save(path)
    done = run("inventory", "check", path, "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)["findings"]
    number = next(one for one in found if one["kind"] == "number_in_text")
    assert number["cells"] == [f"工业能源消费!{spot.coordinate}"]
    assert found[0]["severity"] == "error"
    assert any(one["kind"] == "incomplete" and herd in one["quantities"] for one in found)
    computed = json.loads(run("inventory", "compute", path, "--json").stdout)
    total = line(computed, "total")
    assert (total["value"], total["state"], total["status"]) == (None, "ABSENT", "failed")
    assert total["known"] > 0


def test_an_empty_form_gives_no_number_anywhere(tmp_path):
    path = tmp_path / "空.xlsx"
    assert run("inventory", "workbook", "--year", 2021, path, "--district", "500151").exit_code == 0
    computed = json.loads(run("inventory", "compute", path, "--json").stdout)
    assert {one["value"] for one in computed["lines"]} == {None}
    assert {one["state"] for one in computed["lines"]} == {"ABSENT"}


@pytest.mark.parametrize(
    ("args", "status", "word"),
    [
        (("inventory", "compute", "/nowhere/无.xlsx"), 1, "打不开"),
        (("inventory", "compute"), 2, "FILE"),
        (("inventory", "workbook", "/tmp/x.xlsx"), 2, "--year"),
        (("inventory", "workbook", "--year", "2020", "/tmp/x.xlsx", "--district", "999999"), 1, "999999"),
        (("inventory", "workbook", "--year", "2020", "/tmp/x.xlsx", "--sheet", "nothing"), 1, "nothing"),
        (("inventory", "workbook", "--year", "1995", "/tmp/x.xlsx", "--filled-illustrative"), 1, "1995"),
        (("inventory", "workbook", "--year", "2020", "/nowhere/x.xlsx"), 1, "写不了"),
        (("why", "energy.nothing/CO2@2020"), 1, "energy.nothing"),
        (("why", "energy/CO2@last"), 2, "last"),
        (("why", "energy/CO2@1950"), 1, "1950"),
    ],
)
def test_refusals_are_sentences(args, status, word):
    done = run(*args)
    assert done.exit_code == status
    assert word in done.output
    assert "Traceback" not in done.output


def test_first_order_decay_asks_for_the_years_before(filled, tmp_path):
    alone = run("inventory", "compute", filled, "--landfill", "first-order-decay")
    assert (alone.exit_code, "以前年度" in alone.output) == (1, True)
    before = tmp_path / "2019.xlsx"
    assert run("inventory", "workbook", "--year", 2019, before, "--filled-illustrative").exit_code == 0
    both = run("inventory", "compute", filled, before, "--landfill", "first-order-decay", "--json")
    assert json.loads(both.stdout)["years_read"] == [2019, 2020]
    twice = run("inventory", "compute", filled, filled)
    assert (twice.exit_code, "不止一个" in twice.output) == (1, True)


def test_methods_are_listed():
    found = json.loads(run("inventory", "methods", "--json").stdout)
    content = next(one for one in found if one["key"] == "energy.content.mass")
    assert [(need["name"], need["unit"]) for need in content["needs"]] == [("fuel", "t"), ("ncv", "GJ/t")]


def test_nothing_of_the_portal_is_loaded():
    code = (
        "import sys; sys.modules['django'] = None\n"
        "from click.testing import CliRunner\n"
        "from qihou.domains.inventory.commands import COMMANDS\n"
        "done = CliRunner().invoke(COMMANDS[1], ['energy@2020', '--depth', '1'])\n"
        "assert done.exit_code == 0, done.output\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
