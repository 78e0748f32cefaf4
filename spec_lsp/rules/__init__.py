"""What can be wrong with a document: one function for each rule, one file for each subject."""
