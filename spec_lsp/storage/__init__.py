"""Files, git, caches and worker processes: the only code that touches the system."""
