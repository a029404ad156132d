"""What the import contracts cannot see: relations between tables, and imports that happen with Django out of reach."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey

import qihou

SOURCE = Path(qihou.__file__).parent
FLOORS = ["qihou.record", "qihou.face", "qihou.domains", "qihou.web"]

BLOCKER = """
import sys
class NoDjango:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "psycopg", "sqlite3", "requests"):
            raise ImportError(f"{name} is out of reach of a pure module")
sys.meta_path.insert(0, NoDjango())
failed = []
for name in sys.argv[1:]:
    try:
        __import__(name)
    except Exception as error:
        failed.append(f"{name}: {type(error).__name__}: {error}")
print("\\n".join(failed))
"""


def modules() -> list[str]:
    """Every module of the house, found on the disk, so that one that cannot be imported is found too."""
    names = []
    for path in SOURCE.rglob("*.py"):
        parts = ["qihou", *path.relative_to(SOURCE).with_suffix("").parts]
        if parts[-1] == "__init__":
            parts.pop()
        if not {"tests", "migrations", "__main__"} & set(parts):
            names.append(".".join(parts))
    return sorted(names)


def pure_modules() -> list[str]:
    """The three kernel folders and every slice's methods."""
    return [
        name
        for name in modules()
        if name.startswith(("qihou.measure", "qihou.facts", "qihou.figures")) or "methods" in name.split(".")
    ]


def floor_of(app_name: str) -> int:
    return next(i for i, floor in enumerate(FLOORS) if app_name == floor or app_name.startswith(floor + "."))


def test_pure_modules_are_found():
    found = pure_modules()
    assert {"qihou.measure.periods", "qihou.figures.missing", "qihou.facts.loader"} <= set(found)
    assert any(name.startswith("qihou.domains.plan.methods.") for name in found)
    assert {name for _, name, _ in pkgutil.iter_modules([str(SOURCE)])} >= {"measure", "figures", "facts", "record"}


def test_methods_and_the_kernel_import_with_django_blocked():
    result = subprocess.run(
        [sys.executable, "-c", BLOCKER, *pure_modules()], capture_output=True, text=True, check=False, timeout=120
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == ""


def test_the_blocker_blocks():
    result = subprocess.run(
        [sys.executable, "-c", BLOCKER, "qihou.record.models"], capture_output=True, text=True, check=False, timeout=60
    )
    assert "out of reach" in result.stdout


def test_help_needs_no_django():
    code = BLOCKER.split("failed =")[0] + "from qihou.cli import main\nmain(['--help'])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 0, result.stderr
    assert "audit" in result.stdout


def test_relations_between_tables_point_down_the_floors():
    """A record that pointed to a slice could not stand without it; a slice may point to the record and to itself."""
    upward = []
    for config in apps.get_app_configs():
        if not config.name.startswith("qihou."):
            continue
        for model in config.get_models():
            for field in model._meta.get_fields():
                if not isinstance(field, ForeignKey) or not field.related_model.__module__.startswith("qihou."):
                    continue
                target = field.related_model._meta.app_config.name
                if target != config.name and floor_of(target) >= floor_of(config.name):
                    upward.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert upward == []


def test_no_table_of_the_record_knows_a_slice():
    record = apps.get_app_config("record")
    for model in record.get_models():
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation:
                assert field.related_model._meta.app_label == "record", field


def test_every_row_has_a_uid_and_its_district():
    from qihou.record.api.archives.registry import own_models

    shared = {"Person", "Property", "Procedure", "AuditEvent"}
    for model in own_models():
        assert model._meta.get_field("uid").unique, model
        if model.__name__ not in shared:
            assert model._meta.get_field("district").related_model.__name__ == "Feature", model


def test_the_data_model_page_names_every_table():
    from qihou.record.api.archives.registry import own_models

    page = (SOURCE.parents[1] / "docs" / "data-model.md").read_text(encoding="utf-8")
    assert [m.__name__ for m in own_models() if f"`{m.__name__}`" not in page] == []
