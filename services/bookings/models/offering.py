"""What can be booked: an offering with its windows, its venues and its sessions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.bookings.enums import AfterDraw, OfferingState, ProviderKind, SignUpMode
from services.bookings.models.conduct_terms import ConductTerms
from services.foundation.references import unguessable


class Provider(models.Model):
    """Who runs sites: a hospital or clinic, or a union that meets in rooms of its own."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=10, choices=ProviderKind, default=ProviderKind.CLINIC, editable=False)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="bookings_provider_once",
                violation_error_message=_("This organisation keeps a provider of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Venue(models.Model):
    """One site of a provider (体检点)."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="venues", verbose_name=_("provider"))
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    directions = models.CharField(_("how to get there"), max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("screening", "site")
        verbose_name_plural = pgettext_lazy("screening", "sites")
        constraints = [models.UniqueConstraint(fields=["provider", "name"], name="bookings_venue_once")]

    def __str__(self) -> str:
        return self.name


class VenueOperator(models.Model):
    """Clinic staff who may check people in at a site."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="operators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="operated_venues")

    class Meta:
        verbose_name = _("site operator")
        verbose_name_plural = _("site operators")
        constraints = [models.UniqueConstraint(fields=["venue", "user"], name="bookings_operator_once")]


class Offering(ConductTerms):
    """Something with a limited number of places. ``title`` is what messages call it; it names no illness.

    ``letters`` begin the numbers of its bookings.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=120)
    letters = models.CharField(max_length=2, default="TJ", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=OfferingState, default=OfferingState.DRAFT)
    opens_at = models.DateTimeField(_("sign-up opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("sign-up closes"), null=True, blank=True)
    change_cutoff_hours = models.PositiveSmallIntegerField(
        _("hours before the session until which it can be moved or cancelled"), default=48
    )
    hold_minutes = models.PositiveSmallIntegerField(_("minutes a place is held during booking"), default=10)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours a waiting-list offer stands"), default=24, help_text=_("0 books at once, without asking.")
    )
    remainder_open = models.BooleanField(_("places kept at a level are open to every union below it"), default=True)
    waiting_list = models.BooleanField(_("keep a waiting list"), default=True)
    mode = models.CharField(_("how places are given"), max_length=12, choices=SignUpMode, default=SignUpMode.FIRST_COME)
    after_draw = models.CharField(_("places left over"), max_length=10, choices=AfterDraw, default=AfterDraw.FIRST_COME)
    drawn_at = models.DateTimeField(_("draw finished"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
                name="bookings_offering_window",
                violation_error_message=_("Sign-up must open before it closes."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def draw_ahead(self) -> bool:
        """A draw decides and is not finished: nobody books directly."""
        return self.mode != SignUpMode.FIRST_COME and self.drawn_at is None

    @property
    def waiting_only(self) -> bool:
        """The draw is over, and what is left goes to the waiting list alone."""
        return self.mode == SignUpMode.DRAW and self.drawn_at is not None and self.after_draw == AfterDraw.WAITING


class Session(models.Model):
    """A time at a venue with a capacity. ``taken`` is kept by the actions, bounded by the database."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="sessions")
    venue = models.ForeignKey(
        Venue, on_delete=models.PROTECT, related_name="sessions", verbose_name=pgettext_lazy("screening", "site")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveIntegerField(_("places"))
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        # The second is the order of the bookings list by session: bookings are then read session by session.
        indexes = [models.Index(fields=["offering", "starts_at"]), models.Index(fields=["starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")),
                name="bookings_session_not_oversold",
                violation_error_message=_("More places are taken than that."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="bookings_session_window",
                violation_error_message=_("A session must start before it ends."),
            ),
            models.UniqueConstraint(
                fields=["offering", "venue", "starts_at"],
                name="bookings_session_once",
                violation_error_message=_("There is a session at this site and time already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} {timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def left(self) -> int:
        return self.capacity - self.taken
