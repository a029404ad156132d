"""What every slice shares in the office: the why drawer, the search, a job's progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from qihou.face import search as searching
from qihou.face import why as reasons
from qihou.face.pages import PageRequest, page
from qihou.face.values import Why
from qihou.record.api import jobs
from qihou.record.models import Job, JobState

MOST_HITS = 50


@page("face/why.html", partial="face/parts/why.html")
def why(request: PageRequest, kind: str, key: str) -> dict[str, Any]:
    try:
        return {"e": reasons.explain(request.actor, request.district, Why(kind, key))}
    except LookupError:
        raise Http404(key) from None


@page("web/search.html")
def search(request: PageRequest) -> dict[str, Any]:
    text = request.GET.get("q", "").strip()[:100]
    hits = searching.find(request.actor, request.district, text, MOST_HITS + 1)
    return {"search_text": text, "hits": hits[:MOST_HITS], "more": len(hits) > MOST_HITS}


@dataclass(frozen=True)
class JobView:
    """A job as its progress box shows it."""

    uid: UUID
    state: str
    step: str
    done: int
    total: int
    message: str
    finished: bool
    url: str
    next_url: str

    @classmethod
    def of(cls, job: Job, district_code: str) -> JobView:
        return cls(
            uid=job.uid,
            state=job.state,
            step=job.step,
            done=job.done,
            total=job.total,
            message=job.message,
            finished=job.state in (JobState.DONE, JobState.FAILED, JobState.INTERRUPTED),
            url=reverse("job", kwargs={"district_code": district_code, "uid": job.uid}),
            next_url=str(job.result.get("url", "")),
        )


@page("web/job.html", partial="face/parts/job.html")
def job(request: PageRequest, uid: UUID) -> dict[str, Any]:
    found = jobs.get(uid)
    if found.district_id != request.district.pk:
        raise Http404(str(uid))
    return {"job": JobView.of(found, request.district.code)}
