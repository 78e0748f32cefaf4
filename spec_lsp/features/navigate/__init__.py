"""Navigation between places."""
