"""The two libraries an inventory is worked from: factors and methods."""
