"""Every office address of the inventory, under ``/d/<district_code>/inventory/``."""

from .figures.urls import urlpatterns as figure_patterns
from .libraries.urls import urlpatterns as library_patterns
from .yearly.urls import urlpatterns as yearly_patterns

app_name = "inventory"
urlpatterns = [*yearly_patterns, *figure_patterns, *library_patterns]
