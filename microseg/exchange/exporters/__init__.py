"""Exports: one target a module, found by its name. Each has `KIND` (tree or criteria) and `export(request)`."""
