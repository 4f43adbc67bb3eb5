"""Installing the schema, checking the installation, sweeping what no row names."""
