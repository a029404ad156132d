"""The year's workbook: how it is laid out, written and read."""
