"""Simulated chests with and without pneumonia: `sets` writes radiographs, CT slices and CT volumes."""
