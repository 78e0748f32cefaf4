"""From a schema back to text."""
