"""Periods, places' codes and, later, units and gases. Pure: no database, no network, no clock."""
