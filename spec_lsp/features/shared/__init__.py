"""What two or more groups of features need."""
