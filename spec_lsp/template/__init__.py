"""A template read as a schema: inferring its slots, binding documents to them, and filling them."""
