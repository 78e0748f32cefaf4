"""The server over the protocol: negotiation and glue; features are tested on their own."""
