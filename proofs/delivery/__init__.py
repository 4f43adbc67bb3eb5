"""Delivery: each document arrives once, whatever ends the process that sends it."""
