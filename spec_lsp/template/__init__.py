"""What a template says, how documents match it, and text written from it."""
