"""From grouped rows to typed figures. Pure: no database, no pages.

Source: docs/policy/figures.md.
"""
