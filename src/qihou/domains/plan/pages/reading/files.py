"""The whole register of one version as a file: Word in the annex's layout, or a workbook."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.plan.api import exports
from qihou.domains.plan.api.views import VersionView
from qihou.face.pages import PageRequest

from .frame import register_page


@register_page("")
def register_docx(request: PageRequest, version: VersionView) -> HttpResponse:
    content = exports.register_docx(request.actor, request.district, version.uid, today=timezone.localdate())
    return as_file(content, exports.DOCX, version, "docx")


@register_page("")
def register_xlsx(request: PageRequest, version: VersionView) -> HttpResponse:
    content = exports.register_xlsx(request.actor, request.district, version.uid, today=timezone.localdate())
    return as_file(content, exports.XLSX, version, "xlsx")


def as_file(content: bytes, media_type: str, version: VersionView, ending: str) -> HttpResponse:
    """An attachment named after the plan and version, with a plain name for clients that read no UTF-8."""
    response = HttpResponse(content, content_type=media_type)
    name = _("%(title)s登记册第%(n)s版") % {"title": version.title or version.plan_title, "n": version.number}
    response["Content-Disposition"] = (
        f"attachment; filename=\"register.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}')}"
    )
    response["Cache-Control"] = "private, no-cache"
    return response
