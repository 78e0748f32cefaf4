"""From a document to its entry in the index."""
