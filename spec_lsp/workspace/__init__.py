"""All documents together: who defines, mentions and links to what, and the configuration."""
