"""Addresses of the working pages, under ``/d/<district_code>/plan/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
