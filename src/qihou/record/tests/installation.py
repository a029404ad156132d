"""A whole installation of its own, driven by its commands in other processes, on the database the suite runs on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

URL = os.environ.get("QIHOU_DATABASE_URL", "")


class Installation:
    """``database_url`` is empty for SQLite in the data folder."""

    def __init__(self, data: Path, database_url: str) -> None:
        self.data, self.database_url = data, database_url

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("QIHOU_") and k != "DJANGO_SETTINGS_MODULE"}
        extra = {"QIHOU_DATABASE_URL": self.database_url} if self.database_url else {}
        return {**kept, **extra, "QIHOU_DATA": str(self.data), "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self, *arguments: str, before: str = "") -> subprocess.Popen[str]:
        """``qihou ARGUMENTS`` as a process; ``before`` is Python run in it first, e.g. to stop it at a chosen point."""
        code = f"import sys\n{before}\nfrom qihou.cli import main\nsys.argv[0] = 'qihou'\nmain()"
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, before: str = "") -> tuple[int, str]:
        """Exit status and everything it printed."""
        process = self.start(*arguments, before=before)
        out, err = process.communicate(timeout=120)
        return process.returncode, out + err

    def do(self, *arguments: str) -> str:
        status, printed = self.run(*arguments)
        assert status == 0, printed
        return printed

    def python(self, code: str) -> str:
        """Run code with Django set up; what it prints."""
        result = subprocess.run(
            [sys.executable, "-c", "from qihou.record.start import start_django\nstart_django()\n" + code],
            env=self.environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        return result.stdout

    def contents(self) -> dict[str, list]:
        """Every row of every table of Qihou, as JSON; the measure of "as before"."""
        return json.loads(
            self.python(
                "import json\n"
                "from qihou.record.api.archives.registry import own_models\n"
                "from qihou.record.api.backups.tables import lines\n"
                "print(json.dumps({m._meta.label: [l.decode() for l in lines(m)] for m in own_models()}))"
            )
        )

    def copy(self, data: Path) -> Installation:
        """A twin with the same contents."""
        shutil.copytree(self.data, data)
        return Installation(data, new_database(self.database_url) if self.database_url else "")


def new_database(template_url: str = "") -> str:
    """A new PostgreSQL database on the suite's server, empty or like another; its URL."""
    name = f"qihou_{uuid.uuid4().hex}"
    template = f" TEMPLATE {urlsplit(template_url).path.lstrip('/')}" if template_url else ""
    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{template}")
    return urlsplit(URL)._replace(path=f"/{name}").geturl()


def prepared(data: Path, *, sqlite: bool = False) -> Installation:
    """An installation with its tables and nothing in them."""
    data.mkdir(parents=True)
    made = Installation(data, new_database() if URL and not sqlite else "")
    made.do("manage", "migrate", "--skip-checks", "--verbosity", "0")
    return made
