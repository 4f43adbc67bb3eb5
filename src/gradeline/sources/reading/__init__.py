"""Reading bytes record by record: text lines, JSON arrays, archives, rejected records."""
