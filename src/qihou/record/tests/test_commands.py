"""The record's commands: what they print, and the one sentence with which they refuse."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import translation

from qihou.record.api import audit
from qihou.record.commands import COMMANDS

from .content import SYSTEM, as_if_elsewhere, filled_district

QIHOU = click.Group(commands={command.name: command for command in COMMANDS})


def qihou(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(QIHOU, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def keep_language():
    """A command sets its process to English; the tests share theirs."""
    with translation.override(translation.get_language()):
        yield


def test_verify_prints_each_chains_head(district):
    event = audit.write(SYSTEM, "a", district=district)
    assert qihou("audit", "verify") == (0, f"1 events, 1 chains: all hold\n{district.uid}  1  {event.hash}\n")
    assert qihou("audit", "verify", "--head", event.hash)[0] == 0
    status, printed = qihou("audit", "verify", "--head", "0" * 64)
    assert (status, "the noted head is not in it" in printed) == (1, True)


def test_verify_fails_and_names_the_broken_event(district):
    for _ in range(3):
        audit.write(SYSTEM, "a", district=district)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_auditevent SET act = 'b' WHERE sequence = 2")
    status, printed = qihou("audit", "verify")
    assert status == 1
    assert f"broken at event 2 of chain {district.uid}: Event 2 is not what was written." in printed


def test_an_exported_log_verifies_from_its_file(district, tmp_path):
    for number in range(3):
        head = audit.write(SYSTEM, "a", district=district, detail={"n": number}).hash
    file = tmp_path / "log.jsonl"
    assert qihou("audit", "export", "--out", file)[0] == 0
    assert file.read_text(encoding="utf-8") == qihou("audit", "export")[1]
    assert qihou("audit", "verify", "--file", file, "--head", head)[0] == 0
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(lines[:-1]), encoding="utf-8")
    assert qihou("audit", "verify", "--file", file)[0] == 0
    assert "cut off" in qihou("audit", "verify", "--file", file, "--head", head)[1]
    file.write_text("\n".join([lines[0], lines[2]]), encoding="utf-8")
    assert "broken at event 2" in qihou("audit", "verify", "--file", file)[1]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"text", b'{"a": 1}'])
def test_what_is_no_log_gets_a_sentence(db, tmp_path, content):
    file = tmp_path / "log.jsonl"
    file.write_bytes(content)
    status, printed = qihou("audit", "verify", "--file", file)
    assert status == 1
    assert printed.startswith("Error: ")


def test_a_district_is_exported_and_imported(db, tmp_path):
    as_if_elsewhere(filled_district, tmp_path / "a.zip")
    status, printed = qihou("district", "import", tmp_path / "a.zip")
    assert (status, "500151 铜梁区" in printed) == (0, True)
    assert qihou("district", "list")[1] == "500151  铜梁区  \n"
    assert qihou("district", "export", "500151", tmp_path / "b.zip")[0] == 0
    assert "no folder" in qihou("district", "export", "500151", tmp_path / "nowhere" / "b.zip")[1]
    assert (
        "no district 1 is loaded here (loaded: 500151 铜梁区)"
        in qihou("district", "export", "1", tmp_path / "c.zip")[1]
    )


def test_a_wrong_folder_gets_a_sentence(db, tmp_path):
    status, printed = qihou("district", "load", tmp_path)
    assert (status, "district.yaml is missing" in printed) == (1, True)


def test_demo_accounts_are_printed_once(db):
    from .test_districts import TONGLIANG

    status, printed = qihou("district", "demo-accounts", TONGLIANG)
    assert status == 0
    assert "demo-lead  " in printed
    assert "0 accounts made" in qihou("district", "demo-accounts", TONGLIANG)[1]


def test_events_are_one_line_of_json_each(district):
    audit.write(SYSTEM, "a", district=district, detail={"note": "行1\n行2"})
    lines = qihou("audit", "export")[1].splitlines()
    assert [json.loads(line)["detail"]["note"] for line in lines] == ["行1\n行2"]
