from .years import Inventory, InventoryStatus, SheetState, SheetStatus

__all__ = ["Inventory", "InventoryStatus", "SheetState", "SheetStatus"]
