"""Pure: text in, register and findings out. No Django, no database, no network, no clock."""
