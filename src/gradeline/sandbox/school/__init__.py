"""The generated school that all twins tell of."""
