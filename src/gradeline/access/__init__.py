"""Who may see what: principals and their scopes; asks no database."""
