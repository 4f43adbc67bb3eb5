"""Check the installation, list what sources hold, sweep what no row names."""
