"""From facts to published results."""
