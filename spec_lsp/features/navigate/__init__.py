"""From one place to others."""
