"""What an editor can ask about a place in a document, one file for each request."""
