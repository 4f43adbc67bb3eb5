"""Courses as people choose them in `cursos.yml`, and their plan files."""
