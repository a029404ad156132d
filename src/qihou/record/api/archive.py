"""Whole districts from one installation to another: the door to :mod:`qihou.record.api.archives`."""

from qihou.record.api.archives.opened import UnableToImport
from qihou.record.api.archives.read import Import, import_district
from qihou.record.api.archives.write import Export, UnableToExport, export_district

__all__ = ["Export", "Import", "UnableToExport", "UnableToImport", "export_district", "import_district"]
