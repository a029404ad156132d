"""The address of the inventories that anybody may open, under ``/p/<district_code>/inventory/``."""

from django.urls import URLPattern, path

from .public import public

urlpatterns: list[URLPattern] = [path("", public, name="inventories")]
