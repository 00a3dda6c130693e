"""What a photo tells besides what it shows: where it was taken, and remarks that a camera or program wrote into it."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from services.publishing.rules.scanning import LOCATION, Place, Scan

_GPS, _EXIF = 0x8825, 0x8769
_MAX_PIXELS = 100_000_000


def scan_picture(data: bytes, scan: Scan, place: Place) -> None:
    """Position and remarks. What can't be opened as a picture is left alone: no browser would show it either."""
    try:
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > _MAX_PIXELS:
                scan.cannot("too_much", place)
                return
            exif = image.getexif()
            remarks = [value for value in image.info.values() if isinstance(value, str)]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return
    if exif.get_ifd(_GPS):
        scan.note(place, LOCATION, "")
    remarks += [str(value) for value in (*exif.values(), *exif.get_ifd(_EXIF).values()) if isinstance(value, str)]
    for remark in remarks:
        scan.text(place, remark)
