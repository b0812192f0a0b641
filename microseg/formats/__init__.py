"""Findings as text for people and machines: one format a module, found by its name."""
