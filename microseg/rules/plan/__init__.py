"""Goals, metrics and experiments."""
