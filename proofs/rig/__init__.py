"""What proofs are built of: commands that are killed, counted and compared."""
