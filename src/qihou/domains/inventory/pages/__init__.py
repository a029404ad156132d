"""What a person sees of the inventory."""
