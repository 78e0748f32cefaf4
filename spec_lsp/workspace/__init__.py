"""All documents together: index, settings, IDs and links."""
