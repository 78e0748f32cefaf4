"""Everything that touches the disk: files, the cache, git history, watching for changes."""
