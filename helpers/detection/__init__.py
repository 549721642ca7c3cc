"""Detection of objects: boxes, proposals, grids, detectors by regions, evaluation; networks come as arguments."""
