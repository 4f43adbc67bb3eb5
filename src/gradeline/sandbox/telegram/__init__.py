"""The twin of the Telegram Bot API."""
