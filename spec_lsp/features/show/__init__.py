"""Information that editors show about a document."""
