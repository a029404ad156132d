"""Addresses of the libraries, under ``/d/<district_code>/inventory/``."""

from django.urls import path

from . import factors, method_pages

urlpatterns = [
    path("factors/", factors.factors, name="factors"),
    path("factors/<path:factor>/", factors.factor, name="factor"),
    path("methods/", method_pages.methods, name="methods"),
    path("methods/<str:method>/", method_pages.method, name="method"),
]
