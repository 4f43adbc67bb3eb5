"""The twin of AppMetrica's Logs API."""
