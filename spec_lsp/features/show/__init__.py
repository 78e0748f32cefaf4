"""What an editor shows about a document."""
