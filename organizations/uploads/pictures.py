"""Pictures are decoded and encoded anew: EXIF, GPS, comments and whatever follows are left behind."""

from __future__ import annotations

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from organizations.enums import FileKind
from organizations.uploads.kinds import NotTaken

MOST_PIXELS = 60_000_000
FORMATS = {FileKind.PNG: "PNG", FileKind.JPEG: "JPEG"}


def clean_picture(data: bytes, kind: FileKind) -> bytes:
    """Return the picture alone, upright; NotTaken when it cannot be read or is too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[FORMATS[kind]]) as picture:
                _check_size(picture)
                return _encode(ImageOps.exif_transpose(picture), kind)
    except NotTaken:
        raise
    except Exception as error:  # decoders raise anything on a broken file
        raise NotTaken(
            _("This picture is damaged. Please save it again as PNG or JPG and send that.")
        ) from error


def _check_size(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise NotTaken(_("This picture is too large. Please make it smaller and send it again."))


def _encode(picture: Image.Image, kind: FileKind) -> bytes:
    modes = ("L", "RGB") if kind is FileKind.JPEG else ("1", "L", "LA", "RGB", "RGBA")
    plain = (
        picture
        if picture.mode in modes
        else picture.convert(
            "RGBA" if kind is FileKind.PNG and "transparency" in picture.info else "RGB"
        )
    )
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, FORMATS[kind], **({"quality": 90} if kind is FileKind.JPEG else {}))
    return out.getvalue()


def strip_jpeg(data: bytes) -> bytes:
    """Return a JPEG without its EXIF, XMP and comments, its image data untouched.

    For pictures inside a PDF, where encoding anew would change how they look. Markers are those
    of ITU-T T.81; APP2 (colour profile) and APP14 (colour transform) stay. What is no JPEG is
    returned as it is.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA or length < 2:  # the scan begins: the rest is image data
            break
        if not (0xE1 <= marker <= 0xEF and marker not in (0xE2, 0xEE)) and marker != 0xFE:
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    return b"".join(kept) + data[at:]
