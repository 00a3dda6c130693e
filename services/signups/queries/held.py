"""What this app keeps about a woman, in words, for the page on which she reads it."""

from django.utils.translation import gettext as _

from services.bookings.models import Booking
from services.signups.models import Answers, Certificate


def kinds_held(user) -> list[str]:
    held = []
    if Booking.objects.own(worker__user=user, offering__activity__isnull=False).exists():
        held.append(_("Activities you signed up for, whether you came, and your hours of training"))
    if Answers.objects.own(worker__user=user).exists():
        held.append(_("What you answered when you signed up; deleted half a year after the activity"))
    if Certificate.objects.own(worker__user=user).exists():
        held.append(_("Your certificates"))
    return held


def subjects_of(user) -> list[tuple[str, int]]:
    """Looks at her are recorded at her own record; none of these has more to see."""
    return []
