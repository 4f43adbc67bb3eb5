"""Proofs under failures: disks, networks, PostgreSQL and answers that go wrong."""
