"""What the bot keeps of Telegram: updates, conversations, chats, and messages to be sent."""
