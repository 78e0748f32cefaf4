"""The graph of a workspace as a drawing and as text."""
