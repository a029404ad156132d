"""What a reader of the inventory would ask about: findings on entries and figures, each with its cells. Pure."""
