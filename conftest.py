"""What holds for every test of the house."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine must not make a correct test fail: no clock per example. What is slow is seen in the suite's own time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

# Words without which no test can reach the database.
_MEETS_THE_DATABASE = re.compile(
    r"django|\bdb\b|qihou\.(record|web|cli|face|domains\.\w+\.(api|models|pages|jobs|rest|commands))|from \.+(api|models|pages|jobs|rest)|subprocess|multiprocessing|qihou_data",
    re.IGNORECASE,
)


@cache
def _is_pure(path: Path) -> bool:
    return _MEETS_THE_DATABASE.search(path.read_text(encoding="utf-8")) is None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as ``pure`` what cannot meet a database: it need not run a second time on another one."""
    for item in items:
        if _is_pure(item.path) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.pure)
