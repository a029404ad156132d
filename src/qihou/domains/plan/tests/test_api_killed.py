"""A process killed while it imports leaves the record as it was, and the same import then succeeds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("killed_import.py")
PLACES = (
    "after the file", "after the version", "after the lines", "after the rows", "before the findings",
    "before the commit",
)  # fmt: skip


def run(data: Path, what: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k != "QIHOU_DATABASE_URL"}
    env = {**kept, "QIHOU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "qihou.web.settings"}
    return subprocess.run([sys.executable, SCRIPT, what], env=env, capture_output=True, text=True, timeout=120)


def counts(data: Path) -> dict[str, int]:
    done = run(data, "count")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_killed_anywhere_the_record_is_as_before(tmp_path):
    assert run(tmp_path, "prepare").returncode == 0
    before = counts(tmp_path)
    assert before["plan_item"] == 0
    for place in PLACES:
        died = run(tmp_path, place)
        assert died.returncode == -signal.SIGKILL, (place, died.stderr)
    assert counts(tmp_path) == before
    done = run(tmp_path, "import")
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr
    after = counts(tmp_path)
    assert (after["plan_item"], after["plan_planversion"]) == (160, 1)
