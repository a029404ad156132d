"""The register of one version as a Word file in the layout of a plan's annex."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.plan.api import exports
from qihou.domains.plan.api.views import VersionView
from qihou.face.pages import PageRequest

from .frame import register_page


@register_page("", tab="")
def register_docx(request: PageRequest, version: VersionView) -> HttpResponse:
    content = exports.register_docx(request.actor, request.district, version.uid, today=timezone.localdate())
    response = HttpResponse(content, content_type=exports.DOCX)
    title = version.title or version.plan_title
    name = quote(f"{title}-{_('登记册')}-{version.number}.docx")
    response["Content-Disposition"] = f"attachment; filename=\"register.docx\"; filename*=UTF-8''{name}"
    return response
