"""What a team may configure."""
