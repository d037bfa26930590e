"""Check whether bytes are a PNG that may be shown.

Specification: https://www.w3.org/TR/png/
"""

import struct

from genie.errors import Malformed

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">8sI4sII")
_END = b"\x00\x00\x00\x00IEND\xae\x42\x60\x82"
"""The last chunk; without it the lower part of the picture is missing."""
_HEADER_LENGTH = 13
_MAX_SIDE = 10_000
_MAX_PIXELS = 40_000_000


def checked(body: bytes) -> bytes:
    """Return the bytes of a PNG of a sensible size; Malformed for anything else.

    A few kilobytes can claim a picture that fills the memory when it is unpacked.
    """
    if len(body) < _HEADER.size:
        raise Malformed("the picture is cut off")
    signature, length, kind, width, height = _HEADER.unpack_from(body)
    if (signature, length, kind) != (_SIGNATURE, _HEADER_LENGTH, b"IHDR"):
        raise Malformed("the picture is not a PNG")
    if not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE and width * height <= _MAX_PIXELS):
        raise Malformed("the picture has a size that no chart has")
    if not body.endswith(_END):
        raise Malformed("the picture is cut off")
    return body
