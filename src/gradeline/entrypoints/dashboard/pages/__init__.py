"""Pages: each has one frozen dataclass, which is all that its template sees, and its routes."""
