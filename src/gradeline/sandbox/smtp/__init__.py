"""The twin of a mail server."""
