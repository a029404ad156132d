"""The throw-away PostgreSQL: there for the command, gone after it, and no folder of ours opened to everybody."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "with_postgres.py"
spec = importlib.util.spec_from_file_location("with_postgres", TOOL)
with_postgres = importlib.util.module_from_spec(spec)
spec.loader.exec_module(with_postgres)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.skipif(not with_postgres.program_folders(), reason="no PostgreSQL on this machine"),
]
ASK = (
    "import os, psycopg; url = os.environ['QIHOU_DATABASE_URL']; print(url)\n"
    "with psycopg.connect(url) as c: print(c.execute('show data_directory').fetchone()[0])\n"
    "with psycopg.connect(url) as c: print(c.execute('show server_encoding').fetchone()[0])"
)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, TOOL, *command], capture_output=True, text=True, timeout=120, check=False)


def test_a_server_lives_as_long_as_the_command():
    above = [p for p in Path(sys.prefix).parents if p != Path("/")]
    before = [p.stat().st_mode for p in above]
    result = run(sys.executable, "-c", ASK)
    assert result.returncode == 0, result.stderr
    url, folder, encoding = result.stdout.split()
    assert url.startswith("postgresql://qihou@127.0.0.1:")
    assert encoding == "UTF8"
    assert not Path(folder).exists()
    assert [p.stat().st_mode for p in above] == before
    import psycopg

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=3)


def test_the_commands_exit_status_is_the_tools():
    assert run(sys.executable, "-c", "raise SystemExit(7)").returncode == 7
    assert run().returncode == 2


@pytest.mark.skipif(with_postgres.unprivileged() is None, reason="only root hands the server to somebody else")
@pytest.mark.parametrize("user", ["nobody", None])
def test_programs_out_of_the_users_reach_are_copied(monkeypatch, user):
    """As where the environment lies in root's home."""
    import shutil
    import tempfile

    import psycopg

    if user:
        monkeypatch.setattr(with_postgres, "unprivileged", lambda: user)
    monkeypatch.setattr(with_postgres, "reachable_by_all", lambda folder: False)
    folder = Path(tempfile.mkdtemp(prefix="qihou-postgres-"))
    try:
        server, url = with_postgres.start(folder)
        try:
            with psycopg.connect(url) as connection:
                assert connection.execute("select 1").fetchone() == (1,)
        finally:
            with_postgres.stop(server)
    finally:
        shutil.rmtree(folder)


def test_no_server_gets_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(with_postgres, "program_folders", list)
    with pytest.raises(with_postgres.UnableToStart, match="apt-get install postgresql"):
        with_postgres.start(tmp_path)


def test_root_is_replaced_by_an_unprivileged_user():
    assert (with_postgres.unprivileged() is None) == (not hasattr(os, "getuid") or os.getuid() != 0)
