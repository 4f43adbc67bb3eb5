"""Files: a folder of exports, read through a mapping in SQL."""
