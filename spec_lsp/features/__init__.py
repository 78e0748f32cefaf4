"""What an editor can ask about a place: a file for each feature, one entry function in each."""
