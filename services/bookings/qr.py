"""A booking's QR code as SVG: a plain rendering of the address at which the site checks her in."""

import io

import segno


def check_in_svg(address: str, *, scale: int = 6) -> str:
    """Inline SVG (no script, no style, a class to size it by) of an absolute address."""
    stream = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        stream,
        kind="svg",
        scale=scale,
        border=4,
        xmldecl=False,
        svgns=True,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
    )
    return stream.getvalue().decode()
