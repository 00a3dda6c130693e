"""A page template, and a video in the library."""

from tests.factories.pages import document, page_template


def page_records() -> dict:
    return {"page_template": page_template(), "video": document("录像.mp4", b"film")}
