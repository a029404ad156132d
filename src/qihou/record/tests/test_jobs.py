from __future__ import annotations

import logging
import threading
import time

import pytest
from django.db import connection, transaction

from qihou.record.api import jobs
from qihou.record.api.access import Actor
from qihou.record.models import Feature, Job, JobState

from .builders import make_district

SYSTEM = Actor.system("test")


def test_work_gives_its_result(district, lead):
    job = jobs.run_inline(lead, district, "count", {"to": 3}, lambda progress: {"sum": 6})
    assert (job.state, job.result, job.params, job.asked_by_id) == (
        JobState.DONE,
        {"sum": 6},
        {"to": 3},
        lead.person_id,
    )
    assert job.started_at <= job.finished_at


@pytest.mark.parametrize("error", [jobs.JobRefused("第3行不是表格"), ValueError("第3行不是表格")])
def test_a_refusal_is_told_as_it_is(district, error):
    def work(progress):
        raise error

    job = jobs.run_inline(SYSTEM, district, "k", {}, work)
    assert (job.state, job.message) == (JobState.FAILED, "第3行不是表格")


def test_a_breakdown_is_told_without_its_insides_and_logged_with_them(district, caplog):
    def work(progress):
        raise KeyError("private detail")

    with caplog.at_level(logging.ERROR):
        job = jobs.run_inline(SYSTEM, district, "k", {}, work)
    assert job.state == JobState.FAILED
    assert str(job.uid) in job.message
    assert "private detail" not in job.message
    assert "private detail" in caplog.text


def test_progress_is_written_a_few_times_a_second_only(district, django_assert_max_num_queries):
    def work(progress):
        with django_assert_max_num_queries(4):
            for n in range(2000):
                progress.step("reading", n, 2000)
        return {}

    job = jobs.run_inline(SYSTEM, district, "k", {}, work)
    assert (job.step, job.done, job.total) == ("reading", 1999, 2000)


def test_progress_inside_a_transaction_is_seen_at_once(district):
    seen = []

    def work(progress):
        job = Job.objects.get()
        with transaction.atomic():
            progress.step("writing", 5, 9)
            seen.append(jobs.get(job.uid))
        return {}

    jobs.run_inline(SYSTEM, district, "k", {}, work)
    assert (seen[0].step, seen[0].done, seen[0].total) == ("writing", 5, 9)


@pytest.mark.django_db(transaction=True)
def test_work_in_the_background_starts_when_the_asking_is_committed():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a thread cannot have its own connection to an in-memory database; PostgreSQL runs this")
    district = make_district("500151", "铜梁区")
    may_end = threading.Event()
    with transaction.atomic():
        job = jobs.start(SYSTEM, district, "k", {}, lambda progress: {"ended": may_end.wait(20)})
        time.sleep(0.2)
        assert Job.objects.get(pk=job.pk).state == JobState.WAITING
    deadline = time.monotonic() + 20
    while Job.objects.get(pk=job.pk).state == JobState.WAITING and time.monotonic() < deadline:
        time.sleep(0.02)
    assert jobs.get(job.uid).state == JobState.RUNNING
    may_end.set()
    while Job.objects.get(pk=job.pk).state == JobState.RUNNING and time.monotonic() < deadline:
        time.sleep(0.02)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"ended": True})


def test_an_asking_that_is_undone_starts_nothing(district, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        with transaction.atomic():
            jobs.start(SYSTEM, district, "k", {}, lambda progress: {})
            transaction.set_rollback(True)
        assert waiting == []
    assert not Job.objects.exists()


def test_only_jobs_of_dead_processes_are_marked(district: Feature):
    alive = jobs._this_process()
    host, pid, started = alive.split("/")
    rows = {
        "mine": alive,
        "gone": f"{host}/99999999/1",
        "another process by the same number": f"{host}/{pid}/{int(started) + 1 if started.isdigit() else 'x'}",
        "another machine's": "elsewhere/99999999/1",
    }
    for kind, process in rows.items():
        Job.objects.create(district=district, kind=kind, state=JobState.RUNNING, process=process)
    Job.objects.create(district=district, kind="done", state=JobState.DONE, process=f"{host}/99999999/1")
    assert jobs.mark_interrupted() == 2
    assert set(Job.objects.filter(state=JobState.INTERRUPTED).values_list("kind", flat=True)) == {
        "gone", "another process by the same number",
    }  # fmt: skip


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.RUNNING])
def test_a_job_whose_process_is_gone_is_interrupted_when_it_is_looked_at(district, state):
    host, _pid, _started = jobs._this_process().split("/")
    job = Job.objects.create(district=district, kind="k", state=state, process=f"{host}/99999999/1")
    found = jobs.get(job.uid)
    assert found.state == JobState.INTERRUPTED
    assert found.message
    assert found.finished_at is not None
    job.refresh_from_db()
    assert job.state == JobState.INTERRUPTED


def test_looking_at_a_job_of_another_machine_or_one_that_ended_changes_nothing(district):
    host, _pid, _started = jobs._this_process().split("/")
    far = Job.objects.create(district=district, kind="k", state=JobState.RUNNING, process="elsewhere/99999999/1")
    done = Job.objects.create(district=district, kind="k", state=JobState.DONE, process=f"{host}/99999999/1")
    assert (jobs.get(far.uid).state, jobs.get(done.uid).state) == (JobState.RUNNING, JobState.DONE)
