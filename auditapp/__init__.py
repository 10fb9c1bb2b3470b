"""Safeguarding self-assessment audits: questionnaires, rounds, assessments, moderation, reports."""
