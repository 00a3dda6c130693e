"""A draw that anybody can repeat: what was announced, the frozen list, the public number, the order, the outcome."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import DrawOutcome, DrawState, EntryState
from services.bookings.rules.draw import FEWEST_DIGITS, MOST_DIGITS, entry_number
from services.foundation.references import chosen, unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS


def _somebody() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class Draw(models.Model):
    """One numbered draw of an offering. Steps only go forward; a void draw stays published beside the next one.

    ``replaces`` names the draw this one came after, ``reason`` why. ``frozen_by`` empty means: by the clock.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    offering = models.ForeignKey("bookings.Offering", on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField(_("number of the draw"))
    state = models.CharField(_("state"), max_length=10, choices=DrawState, default=DrawState.ANNOUNCED)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    reason = models.CharField(_("why it was drawn again"), max_length=200, blank=True)

    source = models.CharField(_("public number"), max_length=120)
    where = models.CharField(_("where to read it"), max_length=200)
    number_on = models.DateField(_("day of the number"))
    digits = models.PositiveSmallIntegerField(
        _("how many digits"), validators=[MinValueValidator(FEWEST_DIGITS), MaxValueValidator(MOST_DIGITS)]
    )
    freezes_at = models.DateTimeField(_("list closes"))
    announced_at = models.DateTimeField()
    announced_by = _somebody()

    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = _somebody()
    frozen_text = models.TextField(blank=True)
    frozen_digest = models.CharField(max_length=64, blank=True)
    entries_count = models.PositiveIntegerField(null=True, blank=True)

    public_number = models.CharField(_("the number"), max_length=MOST_DIGITS, blank=True)
    numbered_at = models.DateTimeField(null=True, blank=True)
    numbered_by = _somebody()

    started_at = models.DateTimeField(null=True, blank=True)
    started_by = _somebody()
    done_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = _somebody()

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["offering", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["offering", "number"], name="bookings_draw_number_once"),
            models.UniqueConstraint(
                fields=["offering"], condition=~Q(state=DrawState.VOID), name="bookings_one_draw_in_force"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""), name="bookings_draw_again_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | Q(frozen_at__gte=F("freezes_at")),
                name="bookings_draw_frozen_in_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ordered", "giving", "done"]) | ~Q(public_number="") & ~Q(frozen_digest=""),
                name="bookings_draw_order_has_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering} #{self.number}"


def _new_number() -> str:
    return entry_number(chosen)


class DrawEntry(ScopedModel):
    """She takes part in the draws of an offering, under a public number that says nothing of her and never changes."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    offering = models.ForeignKey("bookings.Offering", on_delete=models.PROTECT, related_name="draw_entries")
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("entry number"), max_length=9, unique=True, default=_new_number, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=EntryState, default=EntryState.ENTERED)
    any_session = models.BooleanField(_("any other time too"), default=True)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = _somebody()
    changed_at = models.DateTimeField()
    doubled = models.BooleanField(
        default=False, editable=False, help_text=_("Hers under a second record that was merged into her record.")
    )

    objects = ScopedManager.over("worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("entry in a draw")
        verbose_name_plural = _("entries in draws")
        indexes = [models.Index(fields=["offering", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "worker"], condition=Q(doubled=False), name="bookings_draw_entry_once"
            )
        ]

    def __str__(self) -> str:
        return self.number


class DrawChoice(models.Model):
    """A session she would like, the first one first."""

    entry = models.ForeignKey(DrawEntry, on_delete=models.CASCADE, related_name="choices")
    session = models.ForeignKey("bookings.Session", on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "rank"], name="bookings_draw_choice_rank_once"),
            models.UniqueConstraint(fields=["entry", "session"], name="bookings_draw_choice_session_once"),
        ]


class DrawLine(ScopedModel):
    """One entry on the frozen list of one draw: its place in the order and what came of it."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="lines")
    entry = models.ForeignKey(DrawEntry, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=DrawOutcome, default=DrawOutcome.PENDING)
    booking = models.ForeignKey("bookings.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    waiting = models.ForeignKey(
        "bookings.WaitingEntry", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("entry__worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        ordering = ["draw", "place"]
        indexes = [models.Index(fields=["draw", "outcome", "place"])]
        constraints = [
            models.UniqueConstraint(fields=["draw", "entry"], name="bookings_draw_line_once"),
            models.UniqueConstraint(fields=["draw", "place"], name="bookings_draw_place_once"),
        ]
