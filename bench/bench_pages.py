"""Each main page under a steady load, with one district in the record and with a municipality's forty."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from load import Timing, load

RATE, SECONDS = 20, 4
BOUND_P95_MS = 120
PAGES = (
    ("cockpit", "/d/{d}/"),
    ("overview", "/d/{d}/plan/"),
    ("indicators", "/d/{d}/plan/indicators/"),
    ("projects", "/d/{d}/plan/projects/"),
    ("tasks", "/d/{d}/plan/tasks/"),
    ("mine", "/d/{d}/plan/mine/"),
    ("organisations", "/d/{d}/plan/organisations/"),
    ("organisation", "/d/{d}/plan/organisations/{organisation}/"),
    ("item", "/d/{d}/plan/items/{item}/"),
    ("findings", "/d/{d}/plan/findings/"),
    ("document", "/d/{d}/plan/document/"),
    ("versions", "/d/{d}/plan/versions/"),
    ("progress", "/d/{d}/plan/progress/"),
    ("public progress", "/p/{d}/plan/progress/"),
)


@contextmanager
def served(data: Path) -> Iterator[int]:
    """The portal itself, as `qihou serve` runs it, on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    qihou = Path(sys.executable).with_name("qihou")
    env = {**os.environ, "QIHOU_DATA": str(data)}
    log = (data / "serve.log").open("wb")
    process = subprocess.Popen([qihou, "serve", "--port", str(port)], env=env, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2)
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"the portal did not start:\n{(data / 'serve.log').read_text()}") from None
                time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def measure(data: Path, cookie: str, district: str, organisation: str, item: str) -> dict[str, Timing]:
    """Every page warmed once and then loaded for some seconds."""
    found: dict[str, Timing] = {}
    with served(data) as port:
        for name, pattern in PAGES:
            path = pattern.format(d=district, organisation=organisation, item=item)
            load(port, path, cookie, rate=2, seconds=1)
            found[name] = load(port, path, cookie, rate=RATE, seconds=SECONDS)
    return found


def p95_ms(timing: Timing) -> float:
    """The server's own time where it says so, else what the client waited."""
    return timing.quantile(timing.server, 0.95) if timing.server else timing.p95


def table(one: dict[str, Timing], many: dict[str, Timing]) -> list[str]:
    """Lines to print, and ✗ where a bound is passed or a page does not answer 200."""
    lines = [
        f"{'page':<16} {'p95, 1 district':>16} {'of bound':>9} {'p95, 40':>9} {'of bound':>9} {'growth':>7}",
    ]
    for name in one:
        first, second = p95_ms(one[name]), p95_ms(many[name])
        statuses = one[name].statuses | many[name].statuses
        good = statuses == {200} and max(first, second) <= BOUND_P95_MS
        lines.append(
            f"{name:<16} {first:>13.1f} ms {first / BOUND_P95_MS:>8.2f}× {second:>6.1f} ms"
            f" {second / BOUND_P95_MS:>8.2f}× {second / first:>6.2f}× {'✓' if good else '✗ ' + str(sorted(statuses))}"
        )
    return lines
