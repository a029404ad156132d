"""What every page of the year's work needs: its decorator, addresses, the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from qihou.domains.inventory.api.errors import UnableToFind
from qihou.face.pages import Answer, PageRequest, page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def yearly_page(
    template: str = "", *, nav: str = "inventory.home", partial: str = "", methods: tuple[str, ...] = ("GET", "POST")
) -> Any:
    """:func:`~qihou.face.pages.page` for the inventory: what its api cannot find is a 404."""

    def decorate(view: Callable[..., Answer]) -> Any:
        @wraps(view)
        def inner(request: PageRequest, *args: Any, **kwargs: Any) -> Answer:
            if request.method not in (*methods, "HEAD"):
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            try:
                return view(request, *args, **kwargs)
            except UnableToFind as trouble:
                raise Http404(str(trouble)) from trouble

        return page(template, nav=nav, partial=partial)(inner)

    return decorate


def address(request: PageRequest, name: str, query: dict[str, Any] | None = None, **parts: Any) -> str:
    """The address of a page of this district's inventory, with the parameters that are not empty."""
    url = reverse(f"inventory:{name}", kwargs={"district_code": request.district.code, **parts})
    kept = {k: v for k, v in (query or {}).items() if v not in (None, "")}
    return f"{url}?{urlencode(kept)}" if kept else url


def go(url: str) -> HttpResponseRedirect:
    """After an act, to the page that shows what it did; 303 so that going back never repeats it."""
    return HttpResponseRedirect(url, status=303)


def wrong(response: HttpResponse) -> HttpResponse:
    """A form shown again with its errors: 422, so that no machine takes it for success."""
    response.status_code = 422
    return response


def download(name: str, content: bytes, media_type: str) -> HttpResponse:
    """A file to be saved under this name."""
    from django.utils.http import content_disposition_header

    header = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": header, "Cache-Control": "private, no-store"}
    )


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def named(thing: Any) -> str:
    """What has a Chinese and an English name, in the reader's language."""
    return thing.en if is_english() and thing.en else thing.zh
