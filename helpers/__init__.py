"""Shared code of the course From Pixels to Perception: what the lessons import."""
