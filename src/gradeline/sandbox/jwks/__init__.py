"""The twin of a server that publishes the keys of JWTs."""
