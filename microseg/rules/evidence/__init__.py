"""Where claims come from, and how far they carry."""
