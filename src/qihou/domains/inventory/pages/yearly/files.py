"""A run as files: report, results with formulas, JSON."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.utils import timezone

from qihou.domains.inventory.api import exports
from qihou.face.pages import Answer, PageRequest

from .common import DOCX, XLSX, download, is_english, yearly_page


@yearly_page(methods=("GET",))
def run_file(request: PageRequest, uid: UUID, form: str) -> Answer:
    """One of the files of a run; the report is in the reader's language."""
    actor, district = request.actor, request.district
    if form == "report":
        language = "en" if is_english() else "zh"
        name, content = exports.report_docx(actor, district, uid, language=language, today=timezone.localdate())
        return download(name, content, DOCX)
    if form == "results":
        return download(*exports.results_workbook(actor, district, uid), XLSX)
    if form == "json":
        return download(*exports.results_json(actor, district, uid), "application/json")
    raise Http404(form)
