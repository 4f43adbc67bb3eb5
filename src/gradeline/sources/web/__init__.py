"""The HTTP client of all sources: retries, deadlines, rate limits."""
