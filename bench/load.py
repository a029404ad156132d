"""An open-loop load: requests leave at a steady rate whether or not earlier ones have answered.

A closed loop would wait for a slow server and so hide its slowness; here a late answer is counted from the moment the
request was due.
"""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one address: ``waits`` as the client saw them, ``server`` as the server reports its own time."""

    path: str
    waits: list[float]
    server: list[float]
    statuses: set[int]

    @staticmethod
    def quantile(values: list[float], q: float) -> float:
        ordered = sorted(values)
        return ordered[min(len(ordered) - 1, int(q * len(ordered)))]

    @property
    def median(self) -> float:
        return statistics.median(self.waits)

    @property
    def p95(self) -> float:
        return self.quantile(self.waits, 0.95)


def hit(port: int, path: str, cookie: str) -> tuple[int, float | None]:
    """One request; its status and the server's own milliseconds (``Server-Timing: total;dur=…``)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        timing = answer.getheader("Server-Timing") or ""
        return answer.status, float(timing.split("dur=")[1].split(",")[0]) if "dur=" in timing else None
    finally:
        connection.close()


def load(port: int, path: str, cookie: str, *, rate: float, seconds: float) -> Timing:
    """Ask for ``path`` ``rate`` times a second for ``seconds``; bounded in count and time, loopback only."""
    count = int(rate * seconds)
    waits: list[float] = []
    server: list[float] = []
    statuses: set[int] = set()
    lock = threading.Lock()
    begin = time.perf_counter() + 0.05

    def one(due: float) -> None:
        time.sleep(max(0.0, due - time.perf_counter()))
        status, own = hit(port, path, cookie)
        waited = (time.perf_counter() - due) * 1000
        with lock:
            waits.append(waited)
            statuses.add(status)
            if own is not None:
                server.append(own)

    threads = [threading.Thread(target=one, args=(begin + n / rate,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Timing(path, waits, server, statuses)
