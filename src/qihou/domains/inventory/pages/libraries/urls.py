"""Addresses of the libraries, under ``/d/<district_code>/inventory/``."""

from django.urls import path

from . import factors, methods

urlpatterns = [
    path("factors/", factors.factors, name="factors"),
    path("factors/<path:factor>/", factors.factor, name="factor"),
    path("methods/", methods.methods, name="methods"),
    path("methods/<str:method>/", methods.method, name="method"),
]
