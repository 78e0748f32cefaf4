"""The protocol, and nothing else: handlers over features, and the session of one client."""
