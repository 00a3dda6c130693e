"""What a file is, told by its first bytes alone: neither its name nor what a browser says of it counts."""

from services.foundation.masking import redact

JPEG, PNG, WEBP, HEIC, PDF = "jpeg", "png", "webp", "heic", "pdf"
PICTURES = frozenset({JPEG, PNG, WEBP, HEIC})
HEAD = 64

# Brands of ISO base media files that hold one still HEVC picture (ISO/IEC 23008-12, annex B).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1"})


def kind_of(head: bytes) -> str:
    """One of the five kinds that are taken in, or an empty text. ``head``: the first ``HEAD`` bytes.

    A PDF must begin with its mark (ISO 32000-1, 7.5.2): readers forgive bytes before it, and so let one file be two.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and _brands(head) & _HEIC_BRANDS:
        return HEIC
    if head.startswith(b"%PDF-"):
        return PDF
    return ""


def _brands(head: bytes) -> set[bytes]:
    """The major brand and those compatible brands that lie within the head; AVIF is another family."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = {head[8:12], *(head[place : place + 4] for place in range(16, end - 3, 4))}
    return set() if head[8:12] == b"avif" else brands


def megabytes(size: int) -> str:
    """Bytes as she reads them, in MB of 1024 × 1024, with one digit where it matters."""
    value = size / (1024 * 1024)
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def shown_name(name: str) -> str:
    """Her file's name as it is shown again: one line, no folder, nothing invisible, no number of a person, at most 120
    characters.

    It never becomes part of a path.
    """
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(
        char for char in base if char.isprintable() and char not in "\u00ad\u200b\u200c\u200d\u2060\ufeff"
    )
    tidy = redact(" ".join(visible.split()).strip(". "))
    if len(tidy) <= 120:
        return tidy
    stem, dot, ending = tidy.rpartition(".")
    return f"{stem[: 119 - len(ending)]}{dot}{ending}" if dot and len(ending) <= 10 else tidy[:120]
