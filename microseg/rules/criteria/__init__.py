"""Who is in: criteria that are wrong, empty, idle or at odds."""
