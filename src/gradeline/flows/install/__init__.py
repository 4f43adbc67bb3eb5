"""Install the bot's tables: make, keep, drop and restore them, stage by stage."""
