"""Tables through a mapping in SQL, shared by files and PostgreSQL."""
