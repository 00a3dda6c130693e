"""What a page is, in the words of schema.org: an event, an article, questions with their answers."""

import json

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from cms_pages.parts import is_event
from cms_pages.plain import plain
from cms_pages.short import short_address

# What could end the element, or begin another one, inside of it (as Django's json_script does it).
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def described(page, *, image: str = "") -> list[dict]:
    """The things a page is, none for a list. ``image`` is the address of its picture."""
    found = []
    if is_event(page):
        found.append(_event(page))
    elif getattr(page, "date", None):
        found.append(_article(page))
    if questions := list(_questions(page)):
        found.append({"@type": "FAQPage", "mainEntity": questions})
    for thing in found:
        if image and thing["@type"] != "FAQPage":
            thing["image"] = image
    return found


def script(page, *, image: str = "") -> SafeString:
    """A data block: nothing runs, so no content-security policy stands against it."""
    things = described(page, image=image)
    if not things:
        return mark_safe("")
    data = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')


def _publisher(page) -> dict:
    name = page.organization.name if page.organization else settings.FEDERATION_NAME
    return {"@type": "Organization", "name": name}


def _shared(page) -> dict:
    return {"name": page.title, "description": page.intro, "url": short_address(page.pk)}


def _event(page) -> dict:
    place = getattr(page, "place", "")
    event = {"@type": "Event", **_shared(page), "organizer": _publisher(page), "isAccessibleForFree": True}
    event |= {"startDate": page.starts_on.isoformat(), "endDate": page.ends_on.isoformat()}
    if place:
        event["location"] = {"@type": "Place", "name": place, "address": place}
    return event


def _article(page) -> dict:
    changed = page.last_published_at
    article = {"@type": "Article", **_shared(page), "headline": page.title, "publisher": _publisher(page)}
    article["datePublished"] = page.date.isoformat()
    return article | ({"dateModified": changed.isoformat()} if changed else {})


def _questions(page):
    """Those of a block of questions, and those of a page that is nothing else."""
    for block in getattr(page, "body", ()):
        if block.block_type == "faq":
            for entry in block.value["questions"]:
                yield _question(entry["question"], entry["answer"])
    if hasattr(page, "questions"):
        for entry in page.questions.all():
            yield _question(entry.question, entry.answer)


def _question(question: str, answer) -> dict:
    return {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": plain(answer)}}
