"""Migrations and canonical views."""
