"""The HTTP server of the twins."""
