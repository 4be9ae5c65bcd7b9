"""Benchmarks: ratios to a floor and to a peer, measured in one run."""
