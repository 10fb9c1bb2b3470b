"""The demonstration area: invented organisations, answers and panels."""
