"""Groups: the file in which people write who is in which group."""
