"""Simulators of data sets that cannot be shipped: each writes the public on-disk format that a reader reads.

thyroid  ultrasound records in the layout of DDTI
chest    radiographs, CT slices and CT volumes about COVID-19
face     faces with expressions, in the csv form of FER2013
scene    photographs of several objects, in COCO's instance format
"""
