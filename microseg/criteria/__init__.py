"""Criteria: who is in a segment. One language, read once, for lint, measure, `why` and export."""
