"""The twin of Amplitude's Export API."""
