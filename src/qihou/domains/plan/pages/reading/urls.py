"""Addresses of the register's pages, under ``/d/<district_code>/plan/``."""

from django.urls import path

from . import comparing, files, paper, people, register, thing

urlpatterns = [
    path("", register.overview, name="overview"),
    path("indicators/", register.indicators, name="indicators"),
    path("projects/", register.projects, name="projects"),
    path("tasks/", register.tasks, name="tasks"),
    path("items/<uuid:uid>/", thing.item, name="item"),
    path("organisations/", people.organisations, name="organisations"),
    path("organisations/<str:code>/", people.organisation, name="organisation"),
    path("mine/", people.mine, name="mine"),
    path("findings/", paper.findings, name="findings"),
    path("document/", paper.document, name="document"),
    path("compare/", comparing.compare, name="compare"),
    path("search/", paper.search, name="search"),
    path("register.docx", files.register_docx, name="register_docx"),
    path("register.xlsx", files.register_xlsx, name="register_xlsx"),
]
