"""Who may check women in at a site."""

from django.db import transaction
from wagtail.log_actions import log

from services.bookings.models import Venue, VenueOperator
from services.screening.policies import may_keep


@transaction.atomic
def assign_operators(venue: Venue, *, users, by) -> None:
    """Make ``users`` the staff of the site, no more and no fewer. Repeating it changes nothing. Lock: the site."""
    may_keep(by, venue).insist()
    Venue.objects.select_for_update().get(pk=venue.pk)
    wanted = {user.pk for user in users}
    now = set(venue.operators.values_list("user_id", flat=True))
    venue.operators.exclude(user_id__in=wanted).delete()
    VenueOperator.objects.bulk_create(VenueOperator(venue=venue, user_id=key) for key in sorted(wanted - now))
    if wanted != now:
        log(venue, "wagtail.edit", user=by, data={"operators": len(wanted)})
