"""Addresses of the working pages, under ``/d/<district_code>/plan/``."""

from django.urls import URLPattern, path

from .actions import action, actions, hand_out
from .adopt import adopt
from .decide import evidence, report_accept, report_detail, report_return
from .findings import finding_state
from .pairing import pairing_page
from .progress import progress
from .report import report
from .review import review_page
from .values import assign_target, indicator_values
from .versions import import_upload, job, versions

urlpatterns: list[URLPattern] = [
    path("versions/", versions, name="versions"),
    path("import/", import_upload, name="import_upload"),
    path("jobs/<uuid:uid>/", job, name="job"),
    path("versions/<int:number>/review/", review_page, name="review"),
    path("versions/<int:number>/pairs/", pairing_page, name="pairing"),
    path("versions/<int:number>/adopt/", adopt, name="adopt"),
    path("findings/<uuid:uid>/state/", finding_state, name="finding_state"),
    path("findings/<uuid:uid>/action/", hand_out, name="hand_out"),
    path("actions/", actions, name="actions"),
    path("actions/<uuid:uid>/", action, name="action"),
    path("progress/", progress, name="progress"),
    path("items/<uuid:uid>/report/", report, name="report"),
    path("reports/<uuid:uid>/", report_detail, name="report_detail"),
    path("reports/<uuid:uid>/accept/", report_accept, name="report_accept"),
    path("reports/<uuid:uid>/return/", report_return, name="report_return"),
    path("evidence/<uuid:uid>/", evidence, name="evidence"),
    path("indicators/<uuid:uid>/values/", indicator_values, name="indicator_values"),
    path("items/<uuid:uid>/assign/", assign_target, name="assign_target"),
]
