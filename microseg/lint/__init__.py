"""Judging: rules, findings, suppression, and what becomes of them."""
