"""Drive language servers over stdio as an editor does, and measure the time."""
