"""Simulated thyroid ultrasound: `ddti` writes the set; the neck, its tissue and the physics of the image below it."""
