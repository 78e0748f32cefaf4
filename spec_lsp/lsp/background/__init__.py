"""Work beside the messages: reading files and watching them."""
