"""Driving language servers over stdio as an editor does, with a clock beside it."""
