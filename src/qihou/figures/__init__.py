"""What a number is and what it stands on. Pure: no database, no network, no clock."""
