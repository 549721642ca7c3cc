"""Readers of data sets in their public on-disk formats, one module a set; a real set put in data/ is read as it is."""
