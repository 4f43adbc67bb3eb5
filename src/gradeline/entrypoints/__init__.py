"""The ways in. They do not know each other; only the command line may start the others."""
