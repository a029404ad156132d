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
from dataclasses import dataclass
from pathlib import Path

from load import Timing, load

SETTLE_S = 4  # new workers read the methods and the factor library ahead
RATE = 20  # requests a second
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
    ("inventory", "/d/{i}/inventory/"),
    ("its year", "/d/{i}/inventory/2025/"),
    ("its workbook", "/d/{i}/inventory/2025/workbook/"),
    ("its sheet", "/d/{i}/inventory/2025/sheets/agriculture_livestock/"),
    ("its checks", "/d/{i}/inventory/2025/checks/"),
    ("its figures", "/d/{i}/inventory/results/2025"),
    ("its category", "/d/{i}/inventory/results/2025/agriculture"),
    ("its flows", "/d/{i}/inventory/results/2025/flows"),
    ("its key ones", "/d/{i}/inventory/results/2025/key-categories"),
    ("its error", "/d/{i}/inventory/results/2025/uncertainty"),
    ("its quality", "/d/{i}/inventory/results/2025/quality"),
    ("its series", "/d/{i}/inventory/results/series"),
    ("its comparison", "/d/{i}/inventory/results/compare"),
    ("its indicators", "/d/{i}/inventory/results/indicators"),
    ("factors", "/d/{i}/inventory/factors/"),
    ("methods", "/d/{i}/inventory/methods/"),
)


@dataclass(frozen=True)
class Measured:
    """What the client waited, and what the server's processes spent of the processor, which a busy machine hardly moves."""

    timing: Timing
    cpu_ms: float

    @property
    def p95_ms(self) -> float:
        """The server's own time where it says so, else what the client waited."""
        return self.timing.quantile(self.timing.server, 0.95) if self.timing.server else self.timing.p95


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and all below it; 0 where the system does not tell (no /proc)."""
    found: dict[int, tuple[int, int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        found[int(folder.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
    family, size = {pid}, 0
    while len(family) > size:
        size = len(family)
        family |= {child for child, (parent, _ticks) in found.items() if parent in family}
    return sum(found[p][1] for p in family if p in found) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(data: Path) -> Iterator[tuple[int, int]]:
    """The portal itself, as `qihou serve` runs it, on a free port of this machine: its port and process."""
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
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def measure(
    data: Path, cookie: str, district: str, organisation: str, item: str, inventory: str, seconds: float
) -> dict[str, Measured]:
    """Every page warmed in each worker and then loaded for some seconds. ``inventory``: the code of the district that has one."""
    found: dict[str, Measured] = {}
    with served(data) as (port, pid):
        time.sleep(SETTLE_S)
        for name, pattern in PAGES:
            path = pattern.format(d=district, organisation=organisation, item=item, i=inventory)
            load(port, path, cookie, rate=10, seconds=1)
            before = cpu_seconds(pid)
            timing = load(port, path, cookie, rate=RATE, seconds=seconds)
            found[name] = Measured(timing, 1000 * (cpu_seconds(pid) - before) / len(timing.waits))
            if timing.statuses != {200}:
                print(f"{path} answered {sorted(timing.statuses)}; the portal said:")
                print("\n".join((data / "serve.log").read_text().splitlines()[-12:]))
    return found


def table(one: dict[str, Measured], many: dict[str, Measured]) -> list[str]:
    """Lines to print, and ✗ where a bound is passed or a page does not answer 200."""
    lines = [
        f"{'page':<16} {'p95, 1 district':>16} {'of bound':>9} {'cpu':>8} {'p95, many':>11} {'of bound':>9} {'cpu':>8}"
        f" {'growth of cpu':>14}",
    ]
    for name in one:
        first, second = one[name], many[name]
        statuses = first.timing.statuses | second.timing.statuses
        good = statuses == {200} and max(first.p95_ms, second.p95_ms) <= BOUND_P95_MS
        growth = f"{second.cpu_ms / first.cpu_ms:.2f}×" if first.cpu_ms else "?"
        lines.append(
            f"{name:<16} {first.p95_ms:>13.1f} ms {first.p95_ms / BOUND_P95_MS:>8.2f}× {first.cpu_ms:>5.1f} ms"
            f" {second.p95_ms:>8.1f} ms {second.p95_ms / BOUND_P95_MS:>8.2f}× {second.cpu_ms:>5.1f} ms {growth:>14}"
            f" {'✓' if good else '✗ ' + str(sorted(statuses))}"
        )
    return lines
