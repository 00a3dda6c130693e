"""Codes of the equipment of homes: standard lists, deliveries, the register of state assets."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.enums import Role

# Who reads what homes have and what counties keep, inside the tree she is assigned to. Children stand nowhere in it.
READERS = frozenset({Role.WF_OFFICER, Role.WF_FINANCE, Role.HOME_TEACHER, Role.HOME_INSPECTOR, Role.AUDITOR})


class StandardState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("standard list", "Draft")
    IN_FORCE = "in_force", pgettext_lazy("standard list", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("standard list", "Superseded")


class Unit(models.TextChoices):
    """How an item is counted. Titles (种) are no copies (册): three copies of one book are one title (T8)."""

    MACHINE = "machine", pgettext_lazy("unit: machines", "pcs")
    PHONE = "phone", pgettext_lazy("unit: telephones", "pcs")
    PIECE = "piece", pgettext_lazy("unit: pieces", "pcs")
    TOP = "top", pgettext_lazy("unit: desks", "pcs")
    SEAT = "seat", pgettext_lazy("unit: seats", "pcs")
    TITLE = "title", pgettext_lazy("unit: titles of books, not copies", "titles")
    SET = "set", pgettext_lazy("unit: sets", "sets")


class Supplier(models.TextChoices):
    PROVINCE = "province", pgettext_lazy("supplier", "Province")
    COUNTY = "county", pgettext_lazy("supplier", "County")
    SITE = "site", pgettext_lazy("supplier", "School or kindergarten itself")


class Category(models.TextChoices):
    ELECTRONICS = "electronics", _("Electronic equipment")
    INSTRUMENT = "instrument", _("Musical instruments")
    BOOKS = "books", _("Books and electronic publications")
    SPORTS = "sports", _("Sports and games")
    FURNITURE = "furniture", _("Furniture")
    OUTDOOR = "outdoor", _("Outdoor play equipment")
    TOYS = "toys", _("Toys")
    SAFETY = "safety", _("Safety of small children")
    PLAQUE = "plaque", _("Plaque")


class Source(models.TextChoices):
    PROVINCIAL = "provincial", _("Bought by the province")
    COUNTY_MATCH = "county_match", _("Matched by the county")
    SITE = "site", _("Brought by the school itself")
    DONATION = "donation", _("Donated")


class Owner(models.TextChoices):
    """「配备的硬件设施属国有资产」 (A1.30): there is one owner, and the column says so."""

    STATE = "state", _("State-owned")


class DeliveryState(models.TextChoices):
    ORDERED = "ordered", pgettext_lazy("delivery", "Ordered")
    SHIPPED = "shipped", pgettext_lazy("delivery", "Under way")
    RECEIVED = "received", pgettext_lazy("delivery", "Received, to be verified")
    DISCREPANCY = "discrepancy", pgettext_lazy("delivery", "Received with a discrepancy")
    VERIFIED = "verified", pgettext_lazy("delivery", "Verified")
    RESOLVED = "resolved", pgettext_lazy("delivery", "Discrepancy resolved")


class AssetState(models.TextChoices):
    IN_STOCK = "in_stock", pgettext_lazy("asset", "In the county's store")
    ISSUED = "issued", pgettext_lazy("asset", "Issued, receipt not confirmed")
    IN_USE = "in_use", pgettext_lazy("asset", "In use")
    REPAIR = "repair", pgettext_lazy("asset", "In repair")
    LOST = "lost", pgettext_lazy("asset", "Missing")
    SCRAP_REQUESTED = "scrap_requested", pgettext_lazy("asset", "Scrapping asked for")
    DISPOSED = "disposed", pgettext_lazy("asset", "Disposed of")


# What an inspector finds at the home and what therefore counts against the standard.
AT_THE_HOME = frozenset({AssetState.ISSUED, AssetState.IN_USE})


class Condition(models.TextChoices):
    GOOD = "good", pgettext_lazy("condition", "Good")
    WORN = "worn", pgettext_lazy("condition", "Worn, usable")
    DAMAGED = "damaged", pgettext_lazy("condition", "Damaged")
    UNUSED = "unused", pgettext_lazy("condition", "Not used")


class TransferState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("transfer", "Waits for the giving side")
    HANDED_OVER = "handed_over", pgettext_lazy("transfer", "Waits for the taking side")
    TAKEN = "taken", pgettext_lazy("transfer", "Done")
    CALLED_OFF = "called_off", pgettext_lazy("transfer", "Called off")


TRANSFER_OPEN = frozenset({TransferState.ASKED, TransferState.HANDED_OVER})


class TakeState(models.TextChoices):
    COUNTING = "counting", pgettext_lazy("stock-taking", "Being counted")
    COUNTED = "counted", pgettext_lazy("stock-taking", "Counted, waits for approval")
    APPROVED = "approved", pgettext_lazy("stock-taking", "Approved")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("repair task", "Open")
    ANSWERED = "answered", pgettext_lazy("repair task", "Evidence handed in, to be accepted by the inspectors")
    CLOSED = "closed", pgettext_lazy("repair task", "Evidence accepted")


class PhotoKind(models.TextChoices):
    DELIVERY = "delivery", _("Of a delivery")
    CONDITION = "condition", _("Of an item")
    EVIDENCE = "evidence", _("Evidence for a repair task")
