"""The course report as PDF."""
