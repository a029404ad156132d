"""The plan: import of the document, its register, progress against it."""
