"""What can be wrong with a document: one function for each rule, grouped by subject."""
