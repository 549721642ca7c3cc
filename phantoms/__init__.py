"""Simulators of data sets that cannot be shipped: each writes the public on-disk format that a reader reads."""
