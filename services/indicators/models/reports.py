"""A year of monitoring: the places that state, their reports in versions, values, and the sums that go up."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.scope import ScopedManager, ScopedModel
from services.indicators import enums
from services.indicators.models.dictionary import Element

# In one order for good: the migrations hold it.
TOLD = ["zero", "estimated", "reported"]


class Round(ScopedModel):
    """A year's monitoring in one tree. Opening it makes a place and a draft for everybody who states something."""

    owner = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=8, choices=enums.RoundState, default=enums.RoundState.OPEN)
    due_on = models.DateField(_("due on"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True)

    objects = ScopedManager.over("owner__path", roles=enums.READERS)

    class Meta:
        ordering = ["-year", "owner_id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "year"], name="indicators_round_once"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(locked_at__isnull=False), name="indicators_locked_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class Place(ScopedModel):
    """A place in the tree as it stood when the year was opened: sums go up by ``above``, whatever moves later.
    ``reporters``: how many of each level state something at and below it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="places")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    above = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="below")
    level = models.PositiveSmallIntegerField(_("level"), choices=enums.Level)
    reporters = models.JSONField(default=dict)

    objects = ScopedManager.over("organization__path", roles=enums.READERS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "organization"], name="indicators_place_once")]
        indexes = [models.Index(fields=["organization", "round"], name="indicators_places_of")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def expected(self, level: int) -> int:
        return self.reporters.get(str(int(level)), 0)


class Report(ScopedModel):
    """What a place states for a year, in versions. Once signed nobody overwrites it: a later version takes its place,
    with its reason (statistics law 24; DOMAIN-children-privacy C3)."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=9, choices=enums.ReportState, default=enums.ReportState.DRAFT)
    latest = models.BooleanField(default=True)
    because = models.CharField(_("why there is a new version"), max_length=300, blank=True)
    gap_words = models.CharField(_("why reports below are missing"), max_length=300, blank=True)
    signed_name = models.CharField(_("signed by"), max_length=40, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    returned_because = models.CharField(_("sent back because"), max_length=300, blank=True)
    first_signed_on = models.DateField(_("first signed on"), null=True)
    changes = models.PositiveIntegerField(default=0)

    objects = ScopedManager.over("place__organization__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("monitoring report")
        verbose_name_plural = _("monitoring reports")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "version"], name="indicators_version_once"),
            models.UniqueConstraint(fields=["place"], condition=Q(latest=True), name="indicators_one_latest"),
            models.UniqueConstraint(
                fields=["place"], condition=Q(state__in=["accepted", "locked"]), name="indicators_one_counts"
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(state__in=["draft", "returned", "signed"]),
                name="indicators_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned"]) | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="indicators_signed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(because=""), name="indicators_later_with_reason"),
        ]
        indexes = [models.Index(fields=["place", "state"], name="indicators_report_state")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def late(self) -> bool:
        return bool(self.first_signed_on and self.first_signed_on > self.place.round.due_on)


class Value(models.Model):
    """``cut`` empty: the whole; ``sex:f``: one key of one split. ``source``: the code of the service that told it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="values")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+")
    cut = models.CharField(max_length=60, blank=True)
    status = models.CharField(pgettext_lazy("value", "status"), max_length=24, choices=enums.ValueStatus)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=4, null=True)
    note = models.CharField(pgettext_lazy("value", "note"), max_length=200, blank=True)
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "element", "cut"], name="indicators_value_once"),
            models.CheckConstraint(
                condition=Q(status__in=TOLD, amount__isnull=False) | ~Q(status__in=TOLD) & Q(amount__isnull=True),
                name="indicators_missing_has_no_amount",
            ),
            models.CheckConstraint(condition=~Q(status="zero") | Q(amount=0), name="indicators_zero_is_nought"),
            models.CheckConstraint(condition=~Q(status="reported") | ~Q(amount=0), name="indicators_nought_is_said"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Total(models.Model):
    """What counts of an element at and below a place, derived from reports that were accepted; pages read it instead of
    values. ``told`` of the place's reporters gave ``amount`` together, ``absent`` said it doesn't apply."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="totals")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+")
    cut = models.CharField(max_length=60, blank=True)
    amount = models.DecimalField(max_digits=20, decimal_places=4, default=0)
    told = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)
    estimated = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "cut", "element"], name="indicators_total_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"
