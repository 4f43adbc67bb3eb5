"""What the bot says, in every language: functions that return Telegram's HTML."""
