"""Codes of the publication guard, of moderation by level, and of links that broke."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.enums import Kind, Role


class Subject(models.TextChoices):
    PAGE = "page", pgettext_lazy("of a site", "Page")
    DOCUMENT = "document", pgettext_lazy("of the library", "Document")


class Through(models.TextChoices):
    """By what way something was about to become public."""

    PUBLISH = "publish", pgettext_lazy("way to the public", "Publishing")
    SCHEDULE = "schedule", _("Publishing at a set time")
    APPROVAL = "approval", pgettext_lazy("way to the public", "Approval")
    BULK = "bulk", _("Publishing many pages")
    UPLOAD = "upload", pgettext_lazy("way to the public", "Upload")
    RESCAN = "rescan", _("Nightly check of what is public")


class LeakKind(models.TextChoices):
    IDENTITY = "identity", _("identity number")
    MOBILE = "mobile", _("mobile number")
    BANK_CARD = "bank_card", _("bank card number")
    NAMED_AMOUNTS = "named_amounts", _("list of names with sums of money")
    NAMED_ILLNESS = "named_illness", _("list of names with illness or hardship")
    LOCATION = "location", _("place where a photo was taken")


class FileState(models.TextChoices):
    WAITING = "waiting", _("waits to be checked")
    CLEAN = "clean", pgettext_lazy("of a file", "checked, nothing found")
    HELD = "held", _("held back until a second person signs")
    REFUSED = "refused", _("can't be published")


class Level(models.TextChoices):
    """At which level of the tree a step of the workflow is decided, seen from the section of the page."""

    OWN = "own", _("the organisation of the section")
    TOWNSHIP = "township", _("township or street")
    COUNTY = "county", _("county or district")
    TOP = "top", _("city")


KINDS_OF_LEVEL: dict[str, frozenset[str]] = {
    Level.TOWNSHIP: frozenset({Kind.TOWNSHIP_UNION, Kind.TOWNSHIP_WF}),
    Level.COUNTY: frozenset({Kind.COUNTY_UNION, Kind.INDUSTRY_UNION, Kind.COUNTY_WF}),
}
# Who decides at every level. A post reaches what is below it, so whoever sits above decides too.
APPROVERS = frozenset({Role.FEDERATION_OFFICER})


class LinkFaultKind(models.TextChoices):
    PAGE_GONE = "page_gone", _("the page was deleted")
    PAGE_HIDDEN = "page_hidden", _("the page isn't published")
    DOCUMENT_GONE = "document_gone", _("the document was deleted")
    DOCUMENT_HELD = "document_held", _("the document is held back")
    PICTURE_GONE = "picture_gone", _("the picture was deleted")
    ADDRESS_UNKNOWN = "address_unknown", _("there is nothing at this address of our site")
    OUTSIDE_DEAD = "outside_dead", _("the other site doesn't answer or knows no such page")
    OUTSIDE_REFUSED = "outside_refused", _("the address leads into a private network and wasn't visited")


PAGE_RIGHTS: dict[str, tuple[str, ...]] = {
    Role.COMMUNICATIONS_EDITOR: ("add_page", "change_page"),
    Role.FEDERATION_OFFICER: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
FILE_RIGHTS = (
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
)
_GROUPS = "pages"


def group_name(role: str, section: int | None = None) -> str:
    """The group that carries a role's page rights: over the whole site, or over one section."""
    return f"{_GROUPS}:{role}" if section is None else f"{_GROUPS}:{role}:{section}"


def is_group_of_ours(name: str) -> bool:
    return name.startswith(f"{_GROUPS}:")
