"""Proofs of collecting and loading: kills, reruns, order and memory."""
