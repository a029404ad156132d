"""Addresses of the pages about figures, under ``/d/<district_code>/inventory/``."""

from django.urls import path

from . import category, comparing, flow_chart, indicators, series, sureness, towns, tree

urlpatterns = [
    path("results", tree.results, name="figures"),
    path("results/series", series.series, name="series"),
    path("results/compare", comparing.compare, name="compare"),
    path("results/indicators", indicators.indicators, name="indicators"),
    path("results/<int:year>", tree.tree, name="tree"),
    path("results/<int:year>/flows", flow_chart.flows, name="flows"),
    path("results/<int:year>/uncertainty", sureness.uncertainty, name="uncertainty"),
    path("results/<int:year>/key-categories", sureness.key_categories, name="key_categories"),
    path("results/<int:year>/quality", sureness.quality, name="quality"),
    path("results/<int:year>/towns", towns.towns, name="towns"),
    path("results/<int:year>/<str:code>", category.category, name="category"),
]
