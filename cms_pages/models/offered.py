"""Pages about something that women sign up for: they show how it stands and lead there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import OfferingState
from services.foundation import clock
from services.signups.queries.live import state_of


class OffersActivity(models.Model):
    """Abstract; stands before ``BodyPage`` among the bases, so that a copy of the page is as young as its places."""

    activity = models.ForeignKey(
        "signups.Activity",
        verbose_name=_("activity to sign up for"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to=~models.Q(offering__state=OfferingState.DRAFT),
        help_text=_("Its window and the places left are shown live, with the button to sign up. Open it first."),
    )

    class Meta:
        abstract = True

    @property
    def shows_live_state(self) -> bool:
        return self.activity_id is not None

    def offered(self) -> dict:
        """``state`` (None without an activity), the moment it is of, and whether what she can do now stands before the
        text, which is long on a phone. One query."""
        now = clock.now()
        state = state_of(self.activity_id, now=now)
        return {"state": state, "as_of": now, "sign_up_first": state is not None and state.phase != "closed"}
