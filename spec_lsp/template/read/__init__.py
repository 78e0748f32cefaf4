"""From a template in Markdown to its schema."""
