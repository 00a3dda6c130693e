"""What the check of places remembers: whose counters disagreed, and what each offering came to when it was checked."""

from django.db import models
from django.db.models import Q


class PlacesFault(models.Model):
    """``count`` counters of an offering disagreed at the last check, the first time at ``since``.

    The row goes as soon as a check finds the offering clean. It names no woman and no booking.
    """

    offering = models.OneToOneField("bookings.Offering", on_delete=models.CASCADE, related_name="places_fault")
    count = models.PositiveIntegerField()
    since = models.DateTimeField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(count__gt=0), name="bookings_places_fault_counts")]


class PlacesCheck(models.Model):
    """What an offering came to when its counters were last recounted: while that is the same, nothing has moved."""

    offering = models.OneToOneField("bookings.Offering", on_delete=models.CASCADE, related_name="places_check")
    tally = models.CharField(max_length=64)
    checked_at = models.DateTimeField()
