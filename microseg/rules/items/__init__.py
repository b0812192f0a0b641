"""Pains, solutions and their links."""
