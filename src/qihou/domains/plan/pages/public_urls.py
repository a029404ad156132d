"""Every address of the plan that anybody may open, under ``/p/<district_code>/plan/``."""

from .working.public_urls import urlpatterns as working_patterns

app_name = "plan_public"
urlpatterns = [*working_patterns]
