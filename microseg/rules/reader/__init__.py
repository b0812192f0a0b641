"""What reading the files finds: YAML, keys, types, values."""
