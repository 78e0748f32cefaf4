"""Run `init` and `check` on repositories, and count the problems that a reader accepts."""
