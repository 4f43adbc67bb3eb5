"""PostgreSQL: tables of another database, read in ranges."""
