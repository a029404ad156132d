"""What other processes do at the same time, and what one leaves that is killed in the middle (``kill -9``)."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from .installation import URL, Installation, prepared

pytestmark = pytest.mark.slow

# Ways to die, as Python run in the process before the command: a function that kills the process at its n-th call.
DIE = """
import os
def dying(function, at, after=False):
    calls = [0]
    def call(*args, **kwargs):
        calls[0] += 1
        if calls[0] == at and not after:
            os.kill(os.getpid(), 9)
        result = function(*args, **kwargs)
        if calls[0] == at:
            os.kill(os.getpid(), 9)
        return result
    return call
"""
AT_RENAME = DIE + "os.replace = dying(os.replace, 1)\n"
IN_ZIP = DIE + "import zipfile\nzipfile.ZipFile.open = dying(zipfile.ZipFile.open, {n})\n"
IN_ROWS = (
    DIE + "from django.db.models import QuerySet\nQuerySet.bulk_create = dying(QuerySet.bulk_create, {n}, after=True)\n"
)
BEFORE_COMMIT = (
    DIE + "from django.db.backends.base.base import BaseDatabaseWrapper as W\nW._commit = dying(W._commit, {n})\n"
)


def killed(installation: Installation, *arguments: str, before: str) -> None:
    status, printed = installation.run(*arguments, before=before)
    assert status == -signal.SIGKILL, printed


@pytest.fixture
def filled(filled_installation, tmp_path):
    return filled_installation.copy(tmp_path / "filled")


@pytest.fixture
def empty(empty_installation, tmp_path):
    return empty_installation.copy(tmp_path / "empty")


@pytest.fixture(scope="session")
def archive(filled_installation, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    path = folder / "district.zip"
    filled_installation.copy(folder / "data").do("district", "export", "500151", str(path))
    return path


def test_two_processes_write_one_chain(empty):
    empty.python("from qihou.record.tests.builders import make_district\nmake_district('500151', '铜梁区')")
    writer = (
        "from qihou.record.api import audit\nfrom qihou.record.api.access import Actor\n"
        "from qihou.record.models import Feature\nd = Feature.objects.get(code='500151')\n"
        "for n in range(40): audit.write(Actor.system('t'), 'a', district=d)\nraise SystemExit(0)"
    )
    start = "from qihou.record.start import start_django\nstart_django()\n"
    processes = [empty.start(before=start + writer) for _ in range(3)]
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    assert "120 events, 1 chains: all hold" in empty.do("audit", "verify")


def test_two_processes_revise_one_value(empty):
    empty.python(
        "from qihou.record.tests.builders import make_district\nfrom qihou.record.api import entries\n"
        "from qihou.record.api.access import Actor\nd = make_district('500151', '铜梁区')\n"
        "entries.datastream_for(Actor.system('t'), d, d, 'p', 'q', 'year', 't')"
    )
    writer = (
        "from qihou.record.api import entries\nfrom qihou.record.api.access import Actor\nfrom decimal import Decimal\n"
        "from qihou.record.models import Datastream\nfrom qihou.measure.periods import Period\n"
        "s = Datastream.objects.get()\n"
        "for n in range(15): entries.write_entry(Actor.system('t'), s, Period.year(2025), value=Decimal(n))\n"
        "raise SystemExit(0)"
    )
    start = "from qihou.record.start import start_django\nstart_django()\n"
    processes = [empty.start(before=start + writer) for _ in range(3)]
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    printed = empty.python(
        "from qihou.record.models import Entry\nprint(sorted(Entry.objects.values_list('revision', flat=True)))"
    )
    assert printed.strip() == str(list(range(1, 46)))


def test_the_commands_carry_a_district_to_another_installation(filled, empty, archive, tmp_path):
    before = filled.contents()
    printed = filled.do("district", "export", "500151", str(tmp_path / "a.zip"))
    sha256 = re.search(r"sha256 ([0-9a-f]{64})", printed)[1]
    status, refused = empty.run("district", "import", str(archive), "--sha256", sha256)
    assert status == 1
    assert "SHA-256 differs" in refused
    empty.do("district", "import", str(tmp_path / "a.zip"), "--sha256", sha256)
    after = empty.contents()
    assert {name: len(rows) for name, rows in after.items() if name not in ("record.AuditEvent", "record.Job")} == {
        name: len(rows) for name, rows in before.items() if name not in ("record.AuditEvent", "record.Job")
    }
    assert "all hold" in empty.do("audit", "verify")
    assert "in use here" in empty.run("district", "import", str(archive))[1]


@pytest.mark.skipif(not URL, reason="the suite runs on SQLite: both ends would be the same")
def test_a_district_moves_from_sqlite_to_postgresql(empty, tmp_path):
    small = prepared(tmp_path / "small", sqlite=True)
    small.python("from qihou.record.tests.content import filled_district\nfilled_district()")
    small.do("district", "export", "500151", str(tmp_path / "a.zip"))
    empty.do("district", "import", str(tmp_path / "a.zip"))
    assert "all hold" in empty.do("audit", "verify")


@pytest.mark.parametrize("before", [AT_RENAME, IN_ZIP.format(n=5), IN_ZIP.format(n=28), BEFORE_COMMIT.format(n=1)])
def test_an_export_killed_leaves_the_record_and_the_former_file(filled, tmp_path, before):
    out = tmp_path / "a.zip"
    out.write_bytes(b"the former one")
    contents = filled.contents()
    killed(filled, "district", "export", "500151", str(out), before=before)
    assert out.read_bytes() == b"the former one"
    assert filled.contents() == contents
    filled.do("district", "export", "500151", str(out))


@pytest.mark.parametrize(
    "before", [IN_ROWS.format(n=1), IN_ROWS.format(n=9), IN_ROWS.format(n=25), BEFORE_COMMIT.format(n=1), AT_RENAME]
)
def test_an_import_killed_leaves_the_record_as_before(empty, archive, before):
    contents = empty.contents()
    killed(empty, "district", "import", str(archive), before=before)
    assert empty.contents() == contents
    empty.do("district", "import", str(archive))
    assert "all hold" in empty.do("audit", "verify")


@pytest.mark.parametrize("before", [AT_RENAME, IN_ZIP.format(n=1), IN_ZIP.format(n=3)])
def test_a_backup_killed_leaves_the_former_file(filled, tmp_path, before):
    out = tmp_path / "b.zip"
    out.write_bytes(b"the former one")
    contents = filled.contents()
    killed(filled, "backup", str(out), before=before)
    assert out.read_bytes() == b"the former one"
    assert filled.contents() == contents
    filled.do("backup", str(out))


def without_restore_event(contents: dict) -> dict:
    """A restore writes one event on the installation itself, and changes nothing else."""
    return {name: [row for row in rows if "installation.restore" not in row] for name, rows in contents.items()}


@pytest.mark.parametrize("portable", [(), ("--portable",)])
def test_what_is_backed_up_comes_back(filled, empty, tmp_path, portable):
    contents = filled.contents()
    files = {p.name for p in (filled.data / "files").rglob("*") if p.is_file()}
    filled.do("backup", str(tmp_path / "b.zip"), *portable)
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    printed = empty.do("restore", str(tmp_path / "b.zip"))
    assert "all hold" in printed
    after = empty.contents()
    assert without_restore_event(after) == contents
    assert {p.name for p in (empty.data / "files").rglob("*") if p.is_file()} == files
    # new rows continue after those that came in
    empty.python("from qihou.record.tests.builders import make_district\nmake_district('500152', '潼南区')")


def test_what_happened_after_the_backup_is_undone_by_the_restore(filled, tmp_path):
    contents = filled.contents()
    filled.do("backup", str(tmp_path / "b.zip"))
    filled.python("from qihou.record.tests.builders import make_district\nmake_district('500152', '潼南区')")
    assert "say --replace" in filled.run("restore", str(tmp_path / "b.zip"))[1]
    filled.do("restore", str(tmp_path / "b.zip"), "--replace")
    assert without_restore_event(filled.contents()) == contents


def test_the_secret_key_travels_only_when_asked(filled, empty_installation, tmp_path):
    import zipfile

    filled.do("backup", str(tmp_path / "without.zip"))
    filled.do("backup", str(tmp_path / "with.zip"), "--with-secret-key")
    assert "secret.key" not in zipfile.ZipFile(tmp_path / "without.zip").namelist()
    target = empty_installation.copy(tmp_path / "target")
    (target.data / "secret.key").write_text("the key of the new machine, made at its first start")
    target.do("restore", str(tmp_path / "without.zip"))
    assert (target.data / "secret.key").read_text().startswith("the key of the new machine")
    target.do("restore", str(tmp_path / "with.zip"), "--replace")
    assert (target.data / "secret.key").read_text() == (filled.data / "secret.key").read_text()
    assert (target.data / "secret.key").stat().st_mode & 0o077 == 0


RESTORE_DEATHS = (
    [IN_ROWS.format(n=1), IN_ROWS.format(n=20)]
    if URL
    else [DIE + "import qihou.record.api.backup as b\nb._check_sqlite = dying(b._check_sqlite, 1, after=True)\n"]
)


@pytest.mark.parametrize("before", RESTORE_DEATHS)
def test_a_restore_killed_leaves_the_record_as_before(filled, tmp_path, before):
    filled.do("backup", str(tmp_path / "b.zip"))
    filled.python("from qihou.record.tests.builders import make_district\nmake_district('500152', '潼南区')")
    contents = filled.contents()
    start = "from qihou.record.start import start_django\nstart_django()\n"
    killed(filled, "restore", str(tmp_path / "b.zip"), "--replace", before=start + before)
    assert filled.contents() == contents


@pytest.mark.skipif(bool(URL), reason="SQLite's own copy")
@pytest.mark.parametrize("pages", [1, 40])
def test_a_restore_killed_between_pages_leaves_the_record_as_before(filled, tmp_path, pages):
    """SQLite copies page by page inside one transaction of its own."""
    filled.do("backup", str(tmp_path / "b.zip"))
    filled.python("from qihou.record.tests.builders import make_district\nmake_district('500152', '潼南区')")
    contents = filled.contents()
    code = f"""
import os, sqlite3, zipfile
from django.db import connection
connection.ensure_connection()
copy = zipfile.ZipFile({str(tmp_path / "b.zip")!r}).extract("database.sqlite3", {str(tmp_path)!r})
def stop(status, remaining, total):
    os.kill(os.getpid(), 9)
sqlite3.connect(copy).backup(connection.connection, pages={pages}, progress=stop)
"""
    killed(filled, before="from qihou.record.start import start_django\nstart_django()\n" + code)
    assert filled.contents() == contents


def test_a_damaged_backup_is_refused(filled, tmp_path):
    import zipfile

    path = tmp_path / "b.zip"
    filled.do("backup", str(path))
    contents = filled.contents()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "changed.zip", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:-1] + b"x" if name.startswith("files/") else content)
    for file, sentence in [
        ("changed.zip", "damaged or altered"),
        ("short.zip", "no backup"),
        ("text.zip", "no backup"),
    ]:
        if file == "short.zip":
            (tmp_path / file).write_bytes(path.read_bytes()[:-100])
        if file == "text.zip":
            (tmp_path / file).write_text("text")
        status, printed = filled.run("restore", str(tmp_path / file), "--replace")
        assert (status, sentence in printed) == (1, True), printed
    assert filled.contents() == contents


def test_an_archive_is_no_backup_and_a_backup_no_archive(filled, empty, archive, tmp_path):
    assert "no backup of Qihou" in filled.run("restore", str(archive), "--replace")[1]
    filled.do("backup", str(tmp_path / "b.zip"))
    assert "a backup of a whole installation" in empty.run("district", "import", str(tmp_path / "b.zip"))[1]


def test_a_database_that_is_not_prepared_gets_one_sentence(tmp_path):
    from .installation import new_database

    (tmp_path / "data").mkdir()
    bare = Installation(tmp_path / "data", new_database() if URL else "")
    for arguments in (("audit", "verify"), ("district", "list"), ("backup", str(tmp_path / "b.zip"))):
        status, printed = bare.run(*arguments)
        assert status == 1
        assert "run `qihou manage migrate` first" in printed
        assert "Traceback" not in printed


def test_a_job_whose_process_was_killed_is_marked_at_the_next_start(empty):
    empty.python("from qihou.record.tests.builders import make_district\nmake_district('500151', '铜梁区')")
    code = (
        "from qihou.record.start import start_django\nstart_django()\nimport os\n"
        "from qihou.record.api import jobs\nfrom qihou.record.api.access import Actor\nfrom qihou.record.models import Feature\n"
        "jobs.run_inline(Actor.system('t'), Feature.objects.get(code='500151'), 'k', {}, lambda p: os.kill(os.getpid(), 9))"
    )
    killed(empty, before=code)
    printed = empty.python(
        "from qihou.record.api import jobs\nfrom qihou.record.models import Job\n"
        "print(Job.objects.get().state, jobs.mark_interrupted(), Job.objects.get().state, jobs.mark_interrupted())"
    )
    assert printed.split() == ["running", "1", "interrupted", "0"]
