from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from qihou.record.api import jobs
from qihou.record.api.access import Actor
from qihou.record.api.turns import Turns
from qihou.record.models import JobState

SYSTEM = Actor.system("test")
PATIENCE = 10  # seconds after which something that should happen at once never will


def until(true: Callable[[], bool]) -> None:
    wait = threading.Event()
    for _ in range(PATIENCE * 100):
        if true():
            return
        wait.wait(0.01)
    pytest.fail("it did not happen")


def test_only_so_many_run_and_the_others_follow_in_their_order():
    turns, began, lock = Turns(2), [], threading.Lock()
    may_end = {n: threading.Event() for n in range(5)}

    def work(n: int) -> None:
        with turns.turn(n):
            with lock:
                began.append(n)
            may_end[n].wait(PATIENCE)

    threads = []
    for n in range(5):
        threads.append(threading.Thread(target=work, args=(n,)))
        threads[-1].start()
        until(lambda n=n: n in began or turns.ahead(n) > 0)  # each has taken its place before the next comes
    assert began == [0, 1]
    assert [turns.ahead(n) for n in range(5)] == [0, 0, 2, 3, 4]  # two run; before 3 also 2 waits, before 4 also 3
    may_end[1].set()
    until(lambda: len(began) == 3)
    assert began == [0, 1, 2]
    assert [turns.ahead(n) for n in (3, 4)] == [2, 3]
    for event in may_end.values():
        event.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert began == [0, 1, 2, 3, 4]


def test_work_that_fails_gives_up_its_turn():
    turns = Turns(1)
    with pytest.raises(KeyError), turns.turn("a"):
        raise KeyError("a")
    with turns.turn("b"):
        assert turns.ahead("b") == 0


@pytest.mark.django_db
def test_a_job_that_waits_says_how_many_are_before_it(district, monkeypatch, django_capture_on_commit_callbacks):
    ran = threading.Event()
    monkeypatch.setattr(jobs, "_run", lambda pk, work: ran.set())
    turns = Turns(1)
    with turns.turn("another"):
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.start(SYSTEM, district, "k", {}, lambda progress: {}, turns=turns)
        until(lambda: turns.ahead(job.uid) == 1)
        seen = jobs.get(job.uid)
        assert (seen.state, seen.step) == (JobState.WAITING, "前面还有 1 项，轮到后自动开始。")
        assert not ran.is_set()
    assert ran.wait(PATIENCE)
    assert jobs.get(job.uid).step == ""
