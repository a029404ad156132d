"""Addresses anybody may open, under ``/p/<district_code>/``."""

from django.urls import URLPattern

app_name = "plan_public"
urlpatterns: list[URLPattern] = []
