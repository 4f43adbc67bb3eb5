"""The PostgreSQL that we start ourselves, from the programs of a wheel."""
