"""Benchmarks: our work beside honest peers on the same machine in the same run."""
