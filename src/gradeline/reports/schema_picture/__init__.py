"""A picture of the database's schema: tables by topic, their columns, and lines between them."""
