"""Long work in a thread of its own, with progress that pages can show."""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.record.api.access import Actor
from qihou.record.models import Feature, Job, JobState

from .turns import Turns

log = logging.getLogger(__name__)
_SECONDS_BETWEEN_WRITES = 0.3
_OPEN = (JobState.WAITING, JobState.RUNNING)


class JobRefused(Exception):
    """Work stops because of what it was given; the message is for the person who asked. Subclass or raise it."""


@dataclass
class Live:
    """What the running process knows before the database does: work inside a transaction cannot write its row."""

    step: str = ""
    done: int = 0
    total: int = 0


_live: dict[UUID, Live] = {}
_queues: dict[UUID, Turns] = {}  # of work that waits for its turn in this process


class Progress:
    """Handed to the work; :meth:`step` is cheap enough for every item of a loop."""

    def __init__(self, job: Job) -> None:
        self._job_id = job.pk
        self._live = _live.setdefault(job.uid, Live())
        self._written_at = 0.0

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done now, and how many of how many."""
        changed = text != self._live.step
        self._live.step, self._live.done, self._live.total = text[:200], done, total
        now = time.monotonic()
        if connection.in_atomic_block or not (changed or now - self._written_at >= _SECONDS_BETWEEN_WRITES):
            return
        self._written_at = now
        Job.objects.filter(pk=self._job_id).update(step=text[:200], done=done, total=total)


Work = Callable[[Progress], Mapping[str, Any]]


def start(
    actor: Actor,
    district: Feature,
    kind: str,
    params: Mapping[str, Any],
    work: Work,
    *,
    turns: Turns | None = None,
) -> Job:
    """Run ``work`` in the background once the present transaction is committed. The caller has asked for permission.

    Work that shares ``turns`` runs only so many at once; the others wait, and their jobs say how many are before them.

    ``work`` gives a mapping of plain values, kept as the job's result. A :class:`JobRefused` or ValueError it raises
    is shown to the person; anything else is logged in full and shown as an internal error with the job's uid.
    """
    job = _create(actor, district, kind, params)
    thread = threading.Thread(target=_in_background, args=(job, work, turns), name=f"job-{job.pk}", daemon=True)
    transaction.on_commit(thread.start)
    return job


def run_inline(
    actor: Actor,
    district: Feature,
    kind: str,
    params: Mapping[str, Any],
    work: Work,
) -> Job:
    """The same, here and now; for the command line. Look at ``job.state`` and ``job.message``."""
    job = _create(actor, district, kind, params)
    _run(job.pk, work)
    job.refresh_from_db()
    return job


def get(uid: UUID) -> Job:
    """A job with its newest progress, also that of work inside a transaction; interrupted when its process is gone.

    Raises:
        Job.DoesNotExist: there is none.
    """
    job = Job.objects.select_related("district").get(uid=uid)
    if job.state in _OPEN and _is_gone(job.process):
        _interrupt([job.pk])
        job.refresh_from_db()
    live = _live.get(uid)
    if live and job.state == JobState.RUNNING:
        job.step, job.done, job.total = live.step, live.done, live.total
    queue = _queues.get(uid)
    if queue and job.state == JobState.WAITING and (ahead := queue.ahead(uid)):
        job.step = _("前面还有 {n} 项，轮到后自动开始。").format(n=ahead)
    return job


def _create(actor: Actor, district: Feature, kind: str, params: Mapping[str, Any]) -> Job:
    return Job.objects.create(
        district=district,
        kind=kind,
        params=_plain(params),
        asked_by_id=actor.person_id,
        process=_this_process(),
    )


def _in_background(job: Job, work: Work, turns: Turns | None) -> None:
    try:
        if turns is None:
            _run(job.pk, work)
            return
        _queues[job.uid] = turns
        with turns.turn(job.uid):
            del _queues[job.uid]
            _run(job.pk, work)
    finally:
        connection.close()


def _run(job_id: int, work: Work) -> None:
    job = Job.objects.get(pk=job_id)
    job.state, job.started_at = JobState.RUNNING, timezone.now()
    job.save(update_fields=["state", "started_at"])
    try:
        job.result = _plain(work(Progress(job)))
        job.state = JobState.DONE
    except (JobRefused, ValueError) as refusal:
        log.info("job %s (%s) refused: %s", job.uid, job.kind, refusal)
        job.state, job.message = JobState.FAILED, str(refusal)
    except Exception:  # whatever went wrong, the person must see that it did, and the log must hold why
        log.exception("job %s (%s) failed", job.uid, job.kind)
        job.state, job.message = JobState.FAILED, _("内部错误，请把编号 {number} 告诉管理员。").format(number=job.uid)
    finally:
        live = _live.pop(job.uid, Live())
    job.finished_at = timezone.now()
    job.step, job.done, job.total = live.step, live.done, live.total
    job.save(update_fields=["state", "message", "result", "finished_at", "step", "done", "total"])


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(dict(value), default=str))
    return result


def _started(pid: int) -> str | None:
    """When a process started, in clock ticks since boot; None when it is gone, "?" where it cannot be known."""
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        try:
            return stat.read_text().rsplit(")", 1)[1].split()[19]
        except (OSError, IndexError):
            return None
    if Path("/proc/self/stat").exists():
        return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return "?"
    return "?"


def _this_process() -> str:
    return f"{socket.gethostname()[:40]}/{os.getpid()}/{_started(os.getpid())}"


def mark_interrupted() -> int:
    """At start-up: jobs whose process is gone are marked interrupted. Gives how many.

    Jobs of other machines that share the database are left alone.
    """
    still_open = Job.objects.filter(state__in=_OPEN).values_list("pk", "process")
    return _interrupt([pk for pk, process in still_open if _is_gone(process)])


def _is_gone(process: str) -> bool:
    """Whether a process of this machine has ended; of another machine's nothing is known, so it has not."""
    parts = process.split("/")
    ours = len(parts) == 3 and parts[0] == socket.gethostname()[:40] and parts[1].isdecimal()
    return ours and _started(int(parts[1])) != parts[2]


def _interrupt(gone: list[int]) -> int:
    return Job.objects.filter(pk__in=gone, state__in=_OPEN).update(
        state=JobState.INTERRUPTED,
        finished_at=timezone.now(),
        message=_("处理中程序停了，没有留下做了一半的内容，请重新开始。"),
    )
