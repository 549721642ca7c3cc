"""Simulated faces with expressions: `fer2013` writes the set, `drawing` draws one face."""
