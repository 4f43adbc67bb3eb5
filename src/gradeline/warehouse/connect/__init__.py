"""Connections, roles and errors of PostgreSQL."""
