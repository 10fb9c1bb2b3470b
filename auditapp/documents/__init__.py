"""Documents: one tree of parts, drawn as a page, a tagged PDF, a workbook or CSV."""
