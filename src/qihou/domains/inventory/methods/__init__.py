"""The formulas of the inventory and how they hang together: pure, usable without a database."""
