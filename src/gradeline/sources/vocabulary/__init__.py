"""Vocabulary: the answers that learners give the bot, which lie in our own database."""
