"""What everything that answers HTTP shares: a guard, a transaction as whoever asks, request ids."""
