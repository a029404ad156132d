"""The chapters of the report: each a function from the worked inventory to paragraphs, tables and charts."""
