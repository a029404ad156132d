"""Invented plans in many forms: one truth, written out as governments' pages are, and read back."""
