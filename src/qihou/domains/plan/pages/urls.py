"""Every office address of the plan, under ``/d/<district_code>/plan/``."""

from .reading.urls import urlpatterns as reading_patterns
from .working.urls import urlpatterns as working_patterns

app_name = "plan"
urlpatterns = [*reading_patterns, *working_patterns]
