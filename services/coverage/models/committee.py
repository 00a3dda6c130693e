"""A union's women workers' organisation (女职工组织), its terms of office and who sits in them (§4.4)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage import enums
from services.foundation.scope import ScopedManager, ScopedModel


class WomenCommittee(ScopedModel):
    """One a union, made with its first step; ``form`` is what is in office. NONE: the record says "not set up"; empty:
    it doesn't say.

    The union's own founding steps stand beside, since the three simultaneities compare with them; an empty one is
    taken to be ``organization.established_on``.
    """

    organization = models.OneToOneField(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="women_committee",
        verbose_name=_("union"),
    )
    form = models.CharField(
        pgettext_lazy("women workers' organisation", "form"), max_length=20, choices=enums.Form, blank=True
    )
    prepared_on = models.DateField(_("first prepared on"), null=True, blank=True)
    elected_on = models.DateField(_("first elected on"), null=True, blank=True)
    approved_on = models.DateField(_("first approved on"), null=True, blank=True)
    union_prepared_on = models.DateField(_("union prepared on"), null=True, blank=True)
    union_elected_on = models.DateField(_("union elected on"), null=True, blank=True)
    union_approved_on = models.DateField(_("union approved on"), null=True, blank=True)
    union_term_ends_on = models.DateField(_("term of the union's committee ends on"), null=True, blank=True)
    office_full_time = models.PositiveSmallIntegerField(_("full-time staff for women workers"), null=True, blank=True)
    office_part_time = models.PositiveSmallIntegerField(_("part-time staff for women workers"), null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("women workers' organisation")
        verbose_name_plural = _("women workers' organisations")
        constraints = [
            models.CheckConstraint(
                condition=Q(prepared_on__isnull=True)
                | Q(elected_on__isnull=True)
                | Q(elected_on__gte=F("prepared_on")),
                name="coverage_elected_after_prepared",
                violation_error_message=_("The election can't be before its preparation."),
            ),
            models.CheckConstraint(
                condition=Q(elected_on__isnull=True)
                | Q(approved_on__isnull=True)
                | Q(approved_on__gte=F("elected_on")),
                name="coverage_approved_after_elected",
                violation_error_message=_("The approval can't be before the election."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)


class Term(ScopedModel):
    """A term of office (届). A re-election is the next one; ``ends_on`` is its last day."""

    committee = models.ForeignKey(WomenCommittee, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(_("number of the term"))
    form = models.CharField(
        pgettext_lazy("women workers' organisation", "form"),
        max_length=20,
        choices=enums.Form,
        default=enums.Form.COMMITTEE,
    )
    state = models.CharField(_("state"), max_length=12, choices=enums.TermState, default=enums.TermState.PREPARED)
    prepared_on = models.DateField(_("prepared on"), null=True, blank=True)
    elected_on = models.DateField(_("elected on"), null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approval_number = models.CharField(_("number of the approval"), max_length=60, blank=True)
    years = models.PositiveSmallIntegerField(_("length in years"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    called_off_because = models.CharField(_("called off because"), max_length=300, blank=True)
    returned_because = models.CharField(_("returned because"), max_length=300, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    filed_at = models.DateTimeField(null=True, blank=True, help_text=_("The last step that the unit filed."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reminded = models.SmallIntegerField(
        null=True, blank=True, editable=False, help_text=_("Days left at the last reminder; below nought: overdue.")
    )

    objects = ScopedManager.over("committee__organization__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        ordering = ["-number"]
        constraints = [
            # A term that was called off leaves its number to the next one.
            models.UniqueConstraint(
                fields=["committee", "number"],
                condition=~Q(state="called_off"),
                name="coverage_term_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(state="in_office"), name="coverage_one_term_in_office"
            ),
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(state__in=["prepared", "elected", "returned"]),
                name="coverage_one_term_under_way",
            ),
            models.CheckConstraint(
                condition=Q(prepared_on__isnull=True)
                | Q(elected_on__isnull=True)
                | Q(elected_on__gte=F("prepared_on")),
                name="coverage_term_elected_after_prepared",
                violation_error_message=_("The election can't be before its preparation."),
            ),
            models.CheckConstraint(
                condition=Q(elected_on__isnull=True)
                | Q(approved_on__isnull=True)
                | Q(approved_on__gte=F("elected_on")),
                name="coverage_term_approved_after_elected",
                violation_error_message=_("The approval can't be before the election."),
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], condition=Q(state="in_office"), name="coverage_terms_ending")]

    def __str__(self) -> str:
        return f"{self.committee_id}/{self.number}"


class Seat(ScopedModel):
    """Who holds which post in a term, from when to when. Names of those who hold a public post stand in clear."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="seats")
    position = models.CharField(_("post"), max_length=12, choices=enums.Position)
    name = models.CharField(_("name"), max_length=40)
    union_post = models.CharField(
        _("post in the union"), max_length=12, choices=enums.UnionPost, blank=True, help_text=_("Empty: not stated.")
    )
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    left_because = models.CharField(_("left because"), max_length=12, choices=enums.LeftBecause, blank=True)
    also_chair_because = models.CharField(_("why she heads another union's committee too"), max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by", verbose_name=_("replaces")
    )

    objects = ScopedManager.over("term__committee__organization__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["term"], condition=Q(position="chair", until_on__isnull=True), name="coverage_one_chair"
            ),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="coverage_seat_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(
                fields=["name"], condition=Q(position="chair", until_on__isnull=True), name="coverage_chairs_by_name"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
