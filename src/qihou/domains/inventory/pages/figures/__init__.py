"""Pages about the figures of a run: the tree, what it stands on, through the years, compared, how sure."""
