"""What features answer: Markdown in, the rendered answer out."""
