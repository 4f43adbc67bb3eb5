"""Deliver: who is due what, what it says, and sending it once."""
