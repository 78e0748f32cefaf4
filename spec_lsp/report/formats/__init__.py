"""Output formats of `check`, one file each."""
