"""Addresses anybody may open, under ``/p/<district_code>/plan/``."""

from django.urls import URLPattern, path

from .public import progress

urlpatterns: list[URLPattern] = [path("progress/", progress, name="progress")]
