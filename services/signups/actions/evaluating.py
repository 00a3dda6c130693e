"""Handing in the anonymous evaluation sheet."""

from datetime import datetime

from django.db import IntegrityError, transaction

from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.signups import errors
from services.signups.models import EvaluationGiven, EvaluationSheet
from services.signups.policies import may_evaluate
from services.signups.rules import evaluation
from services.signups.rules.questions import tells_on_people


def evaluate(
    booking: Booking, *, content: int, speakers: int, organizing: int, again: bool, comment: str = "", by, now: datetime
) -> None:
    """Hand in one sheet. That it was given is noted at the booking; the sheet itself leads to nobody.

    Raises ``NotAttended``, ``EvaluationEarly``, ``EvaluationOver``, ``EvaluationGivenAlready`` (also for the second of
    two at once), ``CommentTells``. Lock: none, a unique key keeps it to one.
    """
    may_evaluate(by, booking).insist()
    activity = booking.offering.activity
    if booking.state != BookingState.ATTENDED:
        raise errors.NotAttended()
    stands = evaluation(ends_at=booking.session.ends_at, days=activity.evaluation_days, now=now)
    if stands == "early":
        raise errors.EvaluationEarly()
    if stands != "open":
        raise errors.EvaluationOver()
    if tells_on_people(comment):
        raise errors.CommentTells()
    scores = {"content": content, "speakers": speakers, "organizing": organizing}
    try:
        with transaction.atomic():
            EvaluationGiven.objects.create(booking=booking)
            EvaluationSheet.objects.create(activity=activity, again=again, comment=comment.strip(), **scores)
    except IntegrityError as twice:
        raise errors.EvaluationGivenAlready() from twice
