"""The demo's pictures, drawn on the spot: flowers and simple scenes. No photograph, no person."""

from collections.abc import Callable
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image as Canvas
from PIL import ImageDraw
from wagtail.images import get_image_model

IVORY, RED, DEEP, TINT, GREEN = "#FBF7F0", "#B4232A", "#8C1A20", "#F3D9D6", "#2C6A3C"
GOLD, INK, SKY, PALE = "#E9A23B", "#211C17", "#DCE9F2", "#E9F3EA"
WIDTH, HEIGHT = 1200, 675


def flower(title: str, description: str, petals: int, ground: str):
    """A kapok flower, drawn twice as large and scaled down so that its edges are smooth."""
    scale = 2
    canvas = Canvas.new("RGB", (WIDTH * scale, HEIGHT * scale), ground)
    draw = ImageDraw.Draw(canvas)
    centre = (WIDTH * scale // 2, HEIGHT * scale // 2)
    for ring, (radius, colour) in enumerate(((230, RED), (150, DEEP))):
        reach, half = radius * scale, radius * scale // 3
        for petal in range(petals):
            leaf = Canvas.new("L", (2 * reach, 2 * reach), 0)
            ImageDraw.Draw(leaf).ellipse((reach - half, 0, reach + half, reach), fill=255)
            turned = leaf.rotate(360 / petals * petal + ring * 180 / petals)
            canvas.paste(colour, (centre[0] - reach, centre[1] - reach), turned)
    heart = 46 * scale
    draw.ellipse((centre[0] - heart, centre[1] - heart, centre[0] + heart, centre[1] + heart), fill=GOLD)
    return _kept(title, description, canvas.resize((WIDTH, HEIGHT)), f"flower-{petals}-{ground.lstrip('#')}")


def scene(title: str, description: str, name: str):
    """One of the drawn scenes: ``hills``, ``screen``, ``books``, ``lectern``, ``house``, ``needle``."""
    draw_it, ground = _SCENES[name]
    canvas = Canvas.new("RGB", (WIDTH, HEIGHT), ground)
    draw_it(ImageDraw.Draw(canvas))
    return _kept(title, description, canvas, name)


def _kept(title: str, description: str, canvas, name: str):
    stream = BytesIO()
    canvas.save(stream, "JPEG", quality=86)
    stream.seek(0)
    file = ImageFile(stream, name=f"{name}.jpg")
    return get_image_model().objects.create(title=title, description=description, file=file)


def _hills(draw) -> None:
    draw.ellipse((880, 90, 1020, 230), fill=GOLD)
    for left, top, colour in ((-200, 330, "#9DBF9F"), (350, 280, "#6F9E76"), (760, 380, GREEN)):
        draw.polygon([(left, HEIGHT), (left + 380, top), (left + 760, HEIGHT)], fill=colour)
    draw.rectangle((0, 610, WIDTH, HEIGHT), fill="#8BAF7D")
    for left in range(120, 1100, 150):
        draw.rectangle((left, 560, left + 10, 620), fill="#6B4A2F")
        draw.ellipse((left - 34, 500, left + 44, 580), fill=RED if left % 300 else DEEP)


def _screen(draw) -> None:
    draw.rectangle((260, 90, 940, 430), fill="#FFFFFF", outline=INK, width=8)
    draw.polygon([(560, 190), (560, 330), (680, 260)], fill=RED)
    for row, top in enumerate((500, 590)):
        for left in range(170 - row * 45, 1050, 110):
            draw.ellipse((left, top, left + 64, top + 64), fill="#5D544A")
            draw.rounded_rectangle((left - 14, top + 54, left + 78, top + 150), 30, fill="#5D544A")


def _books(draw) -> None:
    left = 250
    for number, (width, height) in enumerate(((70, 360), (90, 320), (60, 390), (80, 300), (100, 370), (64, 340))):
        colour = (RED, GREEN, GOLD, DEEP, "#3C5A78", "#7A5000")[number]
        draw.rectangle((left, 540 - height, left + width, 540), fill=colour)
        draw.rectangle((left + 8, 540 - height + 40, left + width - 8, 540 - height + 52), fill=IVORY)
        left += width + 10
    draw.rectangle((160, 540, 1040, 570), fill="#6B4A2F")
    draw.ellipse((830, 400, 960, 540), fill="#C9B79C")
    draw.line((895, 400, 895, 260), fill=GREEN, width=10)
    draw.ellipse((845, 190, 945, 290), fill=RED)


def _lectern(draw) -> None:
    draw.rectangle((0, 520, WIDTH, HEIGHT), fill="#D8C7AC")
    draw.rectangle((180, 90, 780, 400), fill="#FFFFFF", outline=DEEP, width=6)
    for top, right in ((150, 700), (210, 640), (270, 680), (330, 560)):
        draw.rectangle((230, top, right, top + 22), fill=TINT if top != 150 else RED)
    draw.polygon([(880, 330), (1080, 330), (1050, 560), (910, 560)], fill="#6B4A2F")
    draw.line((980, 330, 950, 250), fill=INK, width=8)
    draw.ellipse((930, 226, 966, 262), fill=INK)


def _house(draw) -> None:
    draw.rectangle((0, 540, WIDTH, HEIGHT), fill="#8BAF7D")
    draw.rectangle((360, 300, 840, 560), fill="#FFFFFF", outline=INK, width=6)
    draw.polygon([(310, 310), (600, 120), (890, 310)], fill=RED)
    draw.rectangle((560, 420, 650, 560), fill=DEEP)
    for left in (410, 720):
        draw.rectangle((left, 370, left + 80, 450), fill=SKY, outline=INK, width=5)
    draw.ellipse((960, 380, 1090, 560), fill=GREEN)


def _needle(draw) -> None:
    for row in range(3):
        for column in range(5):
            left, top = 210 + column * 170, 120 + row * 160
            colour = (RED, GOLD, GREEN, "#3C5A78", DEEP)[(row + column) % 5]
            draw.ellipse((left, top, left + 100, top + 100), fill=colour)
            draw.ellipse((left + 34, top + 34, left + 66, top + 66), fill=IVORY)
    draw.line((120, 610, 1080, 560), fill=INK, width=10)


_SCENES: dict[str, tuple[Callable, str]] = {
    "hills": (_hills, SKY),
    "screen": (_screen, TINT),
    "books": (_books, IVORY),
    "lectern": (_lectern, "#F1E7D6"),
    "house": (_house, SKY),
    "needle": (_needle, PALE),
}
