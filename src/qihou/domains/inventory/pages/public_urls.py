"""Every address of the inventory that anybody may open, under ``/p/<district_code>/inventory/``."""

from .yearly.public_urls import urlpatterns as yearly_patterns

app_name = "inventory_public"
urlpatterns = [*yearly_patterns]
