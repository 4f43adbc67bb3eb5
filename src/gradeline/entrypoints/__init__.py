"""The ways into the product. They are independent; only the command line starts the others."""
