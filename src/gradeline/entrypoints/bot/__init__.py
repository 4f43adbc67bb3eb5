"""The vocabulary bot in Telegram: aiogram's dispatcher over our database."""
