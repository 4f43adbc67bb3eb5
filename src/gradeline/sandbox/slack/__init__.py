"""The twin of Slack's Web API."""
