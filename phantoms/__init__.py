"""Simulators of data sets that cannot be shipped: each writes the public on-disk format that a reader reads.

ddti     thyroid ultrasound records, from thyroid, tissue and ultrasound
scene    photographs with garments in COCO's form, from garment
chest    radiographs and CT in three layouts, from thorax, skeleton, vessels, lesion, xray, nifti and clinic
fer2013  faces with expressions, from face, face_shape, face_features and face_canvas
"""
