"""What came back on the evaluation sheets, as far as it tells on nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max

from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.signups.enums import Score
from services.signups.models import Activity
from services.signups.rules import Tally, evaluation, tally

ASKED = ("content", "speakers", "organizing")


@dataclass(frozen=True, slots=True)
class Results:
    """``sheets`` handed in of ``attended`` women (None: too few to be told); tallies by field; comments by chance.

    ``until``: the results are told from then on, all at once. Watching them grow would tell each sheet by itself.
    """

    attended: int
    sheets: int | None
    tallies: dict[str, Tally]
    comments: list[str]
    until: datetime | None = None


def results_of(activity: Activity, *, now: datetime) -> Results:
    """Three queries at most."""
    came = Booking.objects.unscoped().filter(offering=activity.offering_id, state=BookingState.ATTENDED).count()
    last = activity.offering.sessions.filter(capacity__gt=0).aggregate(last=Max("ends_at"))["last"]
    if last is None or evaluation(ends_at=last, days=activity.evaluation_days, now=now) != "over":
        until = last + timedelta(days=activity.evaluation_days) if last else None
        return Results(came, None, {}, [], until)
    fewest = settings.SMALL_CELL_THRESHOLD
    rows = list(activity.sheets.order_by("pk").values(*ASKED, "again", "comment"))
    if len(rows) < fewest:
        return Results(came, None, {}, [])
    scores = [int(score) for score in Score]
    tallies = {name: tally((row[name] for row in rows), options=scores, fewest=fewest) for name in ASKED}
    tallies["again"] = tally((row["again"] for row in rows), options=[True, False], fewest=fewest)
    return Results(came, len(rows), tallies, [row["comment"] for row in rows if row["comment"]])
