"""Write a volume as a NIfTI-1 file (.nii, one file, not compressed), from its definition: nifti.nimh.nih.gov/nifti-1.

The header is 348 bytes; four zero bytes say that no extension follows, and the voxels begin at byte 352.
"""

import struct

import numpy as np

CODES = {"uint8": (2, 8), "int16": (4, 16), "float32": (16, 32)}  # dtype: NIfTI's code, bits
MILLIMETRES, SCANNER = 2, 1


def write(path, volume, spacing):
    """Write `volume`, (X, Y, Z) of a dtype in CODES, with voxels of `spacing` mm, to a pathlib.Path.

    The axes run to the patient's left, to the back and to the head, as in most CT files (LPS). Raises ValueError for
    another number of axes or another dtype.
    """
    if volume.ndim != 3 or volume.dtype.name not in CODES:
        raise ValueError(f"a volume is (X, Y, Z) of {', '.join(CODES)}; this is {volume.dtype} {volume.shape}")
    code, bits = CODES[volume.dtype.name]
    dx, dy, dz = spacing
    x0, y0 = dx * (volume.shape[0] - 1) / 2, dy * (volume.shape[1] - 1) / 2
    header = struct.pack("<i10s18sihcB", 348, b"", b"", 0, 0, b"r", 0)
    header += struct.pack("<8h", 3, *volume.shape, 1, 1, 1, 1)
    header += struct.pack("<3fhhhh", 0, 0, 0, 0, code, bits, 0)
    header += struct.pack("<8f", 1, dx, dy, dz, 0, 0, 0, 0)
    header += struct.pack("<3fhcB", 352, 1, 0, 0, b"\0", MILLIMETRES)
    header += struct.pack("<4f2i", 0, 0, 0, 0, 0, 0)
    header += struct.pack("<80s24s", b"simulated", b"")
    header += struct.pack("<hh6f", 0, SCANNER, 0, 0, 0, 0, 0, 0)
    header += struct.pack("<12f", -dx, 0, 0, x0, 0, -dy, 0, y0, 0, 0, dz, 0)  # to right, front, head: NIfTI's way
    header += struct.pack("<16s4s4s", b"", b"n+1", b"")
    voxels = volume.astype(volume.dtype.newbyteorder("<"), copy=False)
    path.write_bytes(header + np.asfortranarray(voxels).tobytes(order="F"))
