"""How a template was understood."""
