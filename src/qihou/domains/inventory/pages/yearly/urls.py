"""Addresses of the year's work, under ``/d/<district_code>/inventory/``."""

from django.urls import URLPattern, path

from .cell import cell
from .checks import check, checks
from .compute import compute
from .files import run_file
from .home import home, open_year, year
from .sheet import sheet
from .workbook import hand_in, hand_in_file, workbook, workbook_file

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("open/", open_year, name="open_year"),
    path("<int:year>/", year, name="year"),
    path("<int:year>/workbook/", workbook, name="workbook"),
    path("<int:year>/workbook/file/", workbook_file, name="workbook_file"),
    path("<int:year>/hand-ins/<uuid:uid>/", hand_in, name="hand_in"),
    path("<int:year>/hand-ins/<uuid:uid>/file/", hand_in_file, name="hand_in_file"),
    path("<int:year>/sheets/<slug:sheet>/", sheet, name="sheet"),
    path("<int:year>/sheets/<slug:sheet>/cell/", cell, name="cell"),
    path("<int:year>/checks/", checks, name="checks"),
    path("<int:year>/checks/<uuid:uid>/", check, name="check"),
    path("<int:year>/compute/", compute, name="compute"),
    path("runs/<uuid:uid>/<slug:form>/", run_file, name="run_file"),
]
