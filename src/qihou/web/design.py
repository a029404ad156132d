"""The design system, documented by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def design(request: HttpRequest) -> HttpResponse:
    return render(request, "web/design.html", {})
