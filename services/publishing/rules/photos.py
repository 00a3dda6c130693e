"""A photo without what its camera wrote into it: place, time, owner, remarks, the small picture inside."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

_KEPT = frozenset({"icc_profile", "transparency", "duration", "loop", "background", "gamma", "dpi"})
_QUALITY = {"JPEG": 92, "WEBP": 92, "AVIF": 85, "HEIF": 85}
_ORIENTATION = 0x0112
_JFIF_ONLY = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density", "version", "extension", "primary", "srgb"})


def without_remarks(data: bytes) -> bytes:
    """The same picture upright and bare; the very same bytes where there was nothing to take out.

    What isn't a picture comes back as it is: the form that took it refuses it by itself.
    """
    try:
        with Image.open(BytesIO(data)) as image:
            if not _tells(image):
                return data
            return _bare(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return data


def _tells(image: Image.Image) -> bool:
    exif = dict(image.getexif())
    exif.pop(_ORIENTATION, None)
    said = {key for key, value in image.info.items() if value not in (None, b"", "", [], {})}
    said -= _KEPT | _JFIF_ONLY
    return bool(
        exif
        or said & {"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "metadata", "thumbnails"}
        or any(isinstance(image.info[key], str) for key in said)
    )


def _bare(image: Image.Image) -> bytes:
    kind = image.format
    kept = {"icc_profile": image.info["icc_profile"]} if image.info.get("icc_profile") else {}
    if getattr(image, "n_frames", 1) > 1:
        upright, kept = image, kept | {"save_all": True}
    else:
        upright = ImageOps.exif_transpose(image)
    for name in ("exif", "xmp", "comment"):
        upright.info.pop(name, None)
    if kind in _QUALITY:
        kept["quality"] = _QUALITY[kind]
    out = BytesIO()
    upright.save(out, kind, **kept)
    return out.getvalue()
