"""The pages of the documentation: their examples and their commands are run."""
