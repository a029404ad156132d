"""A report as a Word file: cover, contents, numbered chapters, tables, and charts that Word can edit."""
