"""From tables and sentences to the rows of a register."""
