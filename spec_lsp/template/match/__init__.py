"""Matching documents to templates."""
