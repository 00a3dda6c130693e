"""How the demo's pages are made and filed: published as an editor would, under the city and its topics."""

from django.utils import timezone
from wagtail.models import Page

from cms_pages.models import Topic
from services.foundation.demo import DemoContext

OFFICE = "示例市总工会女职工部"
PHONE, HOURS, ADDRESS = "0900-0000000", "工作日 8:30–17:30", "示例市示例路 1 号"


def publish(page: Page) -> None:
    page.save_revision().publish()


def add(parent: Page, page: Page, *, context: DemoContext | None = None, topics: tuple[str, ...] = ()) -> Page:
    """A public page below ``parent``; of the city where the context is given, about topics by their words."""
    if context is not None:
        page.organization = context.made["organizations.city"]
    if topics:
        page.topics = list(Topic.objects.filter(slug__in=topics))
    parent.add_child(instance=page)
    # As publishing would leave it, without saving everything a second time; ``demo.load`` indexes all of it at the end.
    revision, now = page.save_revision(clean=False), context.now if context else timezone.now()
    published = {"live_revision": revision, "has_unpublished_changes": False}
    published |= dict.fromkeys(("first_published_at", "last_published_at"), now)
    Page.objects.filter(pk=page.pk).update(**published)
    for name, value in published.items():
        setattr(page, name, value)
    return page


def text(*paragraphs: str) -> tuple[str, str]:
    return "paragraph", "".join(f"<p>{one}</p>" for one in paragraphs)


def facts(caption: str, *pairs: tuple[str, str]) -> tuple[str, dict]:
    return "facts", {"caption": caption, "facts": [{"name": name, "value": value} for name, value in pairs]}


def contact() -> tuple[str, dict]:
    return "contact", {"office": OFFICE, "phone": PHONE, "hours": HOURS, "address": ADDRESS}


def pictures(*of: tuple) -> tuple[str, dict]:
    """Pairs of an image and its caption; read aloud is what the library says of the image."""
    for image, _caption in of:
        image.contextual_alt_text, image.decorative = image.description, False
    return "gallery", {"pictures": [{"image": image, "caption": caption} for image, caption in of]}
