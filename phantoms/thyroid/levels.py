"""Echo levels of the tissues below the probe, in dB of full scale, and attenuation in dB a pixel."""

SKIN, FAT, STRAP, GLAND, DEEP, FLUID, INTERFACE = -22.0, -28.0, -30.0, -20.0, -30.0, -58.0, -11.0
ENHANCEMENT = -0.12  # dB a pixel below fluid, which attenuates less than the tissue beside it
CALCIUM = 2.0  # a specular echo; the beam spreads it over more than its own pixels
BAR, SPECK = 3.5, 0.35  # dB a pixel below a calcification
