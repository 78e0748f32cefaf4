"""Defects planted in a clean workspace: each must be found, and nothing else."""
