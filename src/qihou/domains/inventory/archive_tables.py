"""The inventory's tables in a district's archive; entries, runs and figures travel with the record."""

from qihou.record.api.archives.registry import Declaration, Owned

TABLES: list[Declaration] = [
    Owned("inventory.Inventory"),
    Owned("inventory.SheetState"),
]
