"""The pages for what went wrong: what happened, what was kept, what to do."""

from __future__ import annotations

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def _say(request: HttpRequest, status: int, title: str, text: str, advice: str) -> HttpResponse:
    context = {
        "status": status,
        "title": title,
        "text": text,
        "advice": advice,
        "number": getattr(request, "number", ""),
    }
    return render(request, "web/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _say(
            request, 413, _("提交的内容太大"),
            _("没有任何内容被改动。没有登录，或登录已经过期时，只接受不带文件的表单。"),
            _("请回到上一页：重新登录，或分几次提交文件；您填的内容通常还在。"),
        )  # fmt: skip
    return _say(
        request, 400, _("这个请求服务器看不懂"), _("没有任何内容被改动。"), _("请回到上一页重试；如果仍然这样，把下面的编号告诉管理员。")
    )  # fmt: skip


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _say(
        request, 403, _("没有权限"), _("没有任何内容被改动。"), _("如果这应当是您的工作，请管理员为您加上相应的角色。")
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or one left open past its session."""
    log.warning("form refused: %s (%s)", reason, request.path)
    return _say(
        request, 403, _("这张表单已经失效"),
        _("为了安全，只接受从本站页面提交的表单；页面开得太久或浏览器不允许 Cookie 时也会这样。没有任何内容被改动。"),
        _("请回到上一页，刷新后再提交；您填的内容通常还在。"),
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    from qihou.face.pages import not_found

    return not_found(request)


def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: whatever broke (the database, a session) must not break this page too."""
    context = {
        "status": 500,
        "title": _("程序出错了"),
        "text": _("这是我们的问题，不是您的。已经保存的内容都在；这一次操作没有生效。"),
        "advice": _("请稍后重试；如果仍然这样，把下面的编号告诉管理员。"),
        "number": getattr(request, "number", ""),
    }
    return HttpResponse(render_to_string("web/error.html", context), status=500)
