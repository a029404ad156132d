"""Fixtures for tests in a real browser: a live portal with its own data folder, and pages that notice any complaint.

In a ``conftest.py``: ``from qihou.face.testing import browser, desk, phone, portal  # noqa: F401``. Playwright drives
the Chromium found on this machine; where there is none, the tests are skipped by name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_SECONDS = 120
PERSON = """
import django; django.setup()
import sys
from qihou.record.api import people
from qihou.record.api.access import Actor
from qihou.record.api.districts import district_by_code
from qihou.record.models import Organisation, Person
code, username, role, organisation, password = sys.argv[1:6]
actor, district = Actor.system("test"), district_by_code(code)
held_for = Organisation.objects.get(district=district, code=organisation) if organisation else None
person = people.create_person(actor, district, username=username, name=username, organisation=held_for, password=password)
people.grant_role(actor, district, person, role, held_for)
Person.objects.filter(pk=person.pk).update(must_change_password=False)
"""


def chromium() -> str | None:
    return os.environ.get("QIHOU_CHROMIUM") or next((p for n in NAMES if (p := shutil.which(n))), None)


@dataclass
class Portal:
    """A running portal. ``person`` makes somebody who can sign in; ``qihou`` runs a command on the same data."""

    address: str
    data: Path
    username: str
    password: str
    district: str = "500151"
    _made: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Of a command on the portal's own data: its folder, and never the database the tests run on."""
        kept = {k: v for k, v in os.environ.items() if k != "QIHOU_DATABASE_URL"}
        return {**kept, "QIHOU_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "qihou.web.settings"}

    def url(self, path: str) -> str:
        return self.address.rstrip("/") + path

    def qihou(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "qihou", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def person(self, username: str, role: str, organisation: str = "") -> tuple[str, str]:
        """User name and password of somebody with that role; made once per name."""
        if username not in self._made:
            password = f"{username}-paths-in-spring-rain"
            command = [sys.executable, "-c", PERSON, self.district, username, role, organisation, password]
            done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            self._made[username] = password
        return username, self._made[username]

    def sign_in(self, page: Any, username: str, password: str) -> None:
        page.goto(self.url("/signin"))
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.click("form button.primary")
        page.wait_for_url(lambda url: "/signin" not in url)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """``qihou serve`` on a free port, with an empty data folder and the bundled district."""
    data = tmp_path_factory.mktemp("portal")
    environment = {**os.environ, "QIHOU_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("QIHOU_DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "qihou", "serve", "--port", "0"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    lines: list[str] = []
    ready = threading.Event()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if "http://" in line:
                threading.Timer(0.3, ready.set).start()
        ready.set()

    threading.Thread(target=read, daemon=True).start()
    ready.wait(START_SECONDS)
    said = "".join(lines)
    address = re.search(r"http://\S+/", said)
    assert address, f"the portal did not start: {said}"
    assert process.poll() is None, f"the portal stopped at once: {said}"
    first = re.search(r"user: (\S+)\s+.*password: (\S+)", said)
    assert first, said
    _answering(address[0])
    yield Portal(address[0], data, first[1], first[2])
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


def _answering(address: str) -> None:
    import time
    from urllib.error import URLError
    from urllib.request import urlopen

    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(address + "health", timeout=5) as answer:  # noqa: S310 - our own loopback address
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the portal said its address but does not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium()
    if not path:
        pytest.skip("no Chromium on this machine: browser tests are skipped (set QIHOU_CHROMIUM to its path)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield made
        made.close()


def _page(browser: Any, width: int, height: int, phone: bool) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        has_touch=phone,
        is_mobile=phone,
        reduced_motion="reduce",
    )
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.problems = problems
    yield page
    context.close()
    # An answer of 4xx that a test provokes is reported by the browser too; it is the test's business.
    complaints = [p for p in problems if "Failed to load resource" not in p]
    assert not complaints, f"the browser complained: {complaints}"


@pytest.fixture
def desk(browser: Any) -> Iterator[Any]:
    """A page of an office computer, 1366×768; fails the test when the console shows an error or a refused policy."""
    yield from _page(browser, 1366, 768, False)


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    """A page of a phone, 390×844."""
    yield from _page(browser, 390, 844, True)
