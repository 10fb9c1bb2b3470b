"""Documents: one tree of parts, drawn as a page, a tagged PDF, a Word file, a workbook or CSV."""
