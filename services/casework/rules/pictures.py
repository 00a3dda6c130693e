"""A photo made harmless: decoded, turned upright, drawn anew without anything the camera wrote beside the picture."""

import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageFilter, ImageOps, ImageStat
from pillow_heif import register_heif_opener

from services.casework import errors
from services.casework.rules import files

register_heif_opener(thumbnails=False)

# Longest side of what is kept: an A4 page at 300 dots an inch has 3508.
LONGEST_SIDE = 4000
_QUALITY = 90
_DECODERS = {files.JPEG: ["JPEG"], files.PNG: ["PNG"], files.WEBP: ["WEBP"], files.HEIC: ["HEIF"]}
DARK, BLURRED, SMALL = "dark", "blurred", "small"
# Found on photos of printed pages: daylight lies above 100, a page by night below 50; text that can be read has
# edges of more than 60, and less once a hand has moved.
_DARK_BELOW, _BLURRED_BELOW, _SMALL_BELOW = 50, 25, 600


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of ours. ``warnings`` are codes; they advise and refuse nothing."""

    data: bytes
    warnings: tuple[str, ...]


def redrawn(stream: BinaryIO, kind: str, *, most_pixels: int) -> Picture:
    """The photo as a fresh JPEG, upright, at most ``LONGEST_SIDE`` pixels long. The same bytes give the same bytes.

    The size is read from the head, before anything is unpacked. Raises ``PictureTooLarge``, ``PictureBroken``.
    """
    try:
        with Image.open(stream, formats=_DECODERS[kind]) as image:
            _insist_small(image, most_pixels)
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = _upright(image)
    except errors.PictureTooLarge:
        raise
    except Image.DecompressionBombError as error:
        raise errors.PictureTooLarge(limit=most_pixels // 1_000_000) from error
    except Exception as error:  # decoders raise whatever they meet in a broken file
        raise errors.PictureBroken() from error
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return Picture(out.getvalue(), tuple(_warnings(upright)))


def _insist_small(image: Image.Image, most_pixels: int) -> None:
    if image.width * image.height > most_pixels:
        raise errors.PictureTooLarge(limit=most_pixels // 1_000_000)


def _upright(image: Image.Image) -> Image.Image:
    """A new picture that shares nothing with the file but its pixels; what is transparent lies on white."""
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", turned.size, "white")
    if turned.has_transparency_data:
        alpha = turned.convert("RGBA")
        fresh.paste(alpha, mask=alpha.getchannel("A"))
    else:
        fresh.paste(turned.convert("RGB"))
    return fresh


def _warnings(image: Image.Image):
    """What she is told right after sending, so that nobody has to ask her again a week later."""
    grey = image.convert("L")
    grey.thumbnail((1000, 1000))
    if ImageStat.Stat(grey).mean[0] < _DARK_BELOW:
        yield DARK
    edges = grey.filter(ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128))
    if ImageStat.Stat(edges.crop((1, 1, *(side - 1 for side in edges.size)))).var[0] < _BLURRED_BELOW:
        yield BLURRED
    if min(image.size) < _SMALL_BELOW:
        yield SMALL
