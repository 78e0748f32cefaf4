"""Problems and documents made readable, one file for each output format."""
