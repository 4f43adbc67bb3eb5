"""The HTTP server that the twins answer through."""
