"""The answers of features: Markdown in, the rendered answer out."""
