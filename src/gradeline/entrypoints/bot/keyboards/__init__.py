"""Buttons below messages, and what the bot gets when they are pressed."""
