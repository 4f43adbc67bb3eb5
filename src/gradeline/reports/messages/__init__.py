"""The texts of messages: templates in every language, which a school may replace by its own."""
