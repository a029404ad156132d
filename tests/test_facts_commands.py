"""`qihou facts …`: the factor library from the command line, without a database."""

from __future__ import annotations

from click.testing import CliRunner

from qihou.cli import main

ID = "ghg/electricity#electricity.emission_factor@mee-grid/CN-50/2023"


def run(*args: str):
    return CliRunner().invoke(main, ["facts", *args])


def test_list_finds_by_words_and_grade() -> None:
    assert ID in run("list", "重庆", "电力平均").stdout
    unverified = run("list", "--grade", "M", "rice").stdout.splitlines()
    assert unverified
    assert {line.split("\t")[2] for line in unverified} == {"M"}


def test_show_opens_a_factor_down_to_its_documents() -> None:
    shown = run("show", ID)
    assert shown.exit_code == 0
    assert "0.5581 kgCO2/kWh" in shown.stdout
    assert "公告 2025 年第 47 号" in shown.stdout
    assert "待核" in run("show", "ghg/rice#rice.ch4_factor[rice=single]@provincial-2011-trial/CN-AREA-SW").stdout
    wrong = run("show", "ghg/nothing")
    assert wrong.exit_code == 1
    assert "qihou facts list WORDS prints the ids" in wrong.output


def test_overdue_lists_by_the_day_asked_for() -> None:
    assert ID not in run("overdue", "--on", "2027-11-01").stdout
    assert f"2027-11-01\t{ID}" in run("overdue", "--on", "2027-11-02").stdout
    assert "plan-audit." in run("overdue", "--on", "2028-11-30").stdout
