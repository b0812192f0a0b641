"""The rules: one module each, found by name. The docstring of a rule is its page and its tests."""
