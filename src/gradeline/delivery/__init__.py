"""Channels: each takes a message to people in one way, by that service's own client."""
