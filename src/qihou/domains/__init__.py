"""One folder per part of the plan, each a small stack of its own."""
