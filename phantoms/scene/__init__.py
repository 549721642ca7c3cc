"""Simulated photographs of several objects, in COCO's instance format."""
