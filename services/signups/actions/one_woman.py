"""When two records of one woman become one: her certificates, and what she answered when she signed up."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from services.bookings.enums import LIVE
from services.bookings.models import Booking
from services.signups.models import Answers, Certificate
from services.workers.models import Worker
from services.workers.registry import Follower, Rows


def settle(worker: Worker, *, into: Worker, number: str, by, now: datetime) -> None:
    """Of two sets of answers for one activity those of the place she has count, without a place the later ones.

    One query, and three more for each activity that both records answered for.
    """
    rows = Answers.objects.unscoped()
    pairs: dict[int, list[Answers]] = {}
    for answers in rows.filter(worker__in=[worker, into]).select_related("activity").order_by("-at", "-pk"):
        pairs.setdefault(answers.activity_id, []).append(answers)
    for pair in pairs.values():
        if len(pair) > 1:
            pair.sort(key=lambda answers: not _has_a_place(answers))
            rows.filter(pk=pair[1].pk).delete()


def _has_a_place(answers: Answers) -> bool:
    live = Booking.objects.unscoped().filter(worker=answers.worker_id, state__in=LIVE)
    return live.filter(offering=answers.activity.offering_id).exists()


FOLLOWER = Follower(
    order=16,
    rows=(
        Rows(gettext_lazy("Answers when signing up"), lambda keys: Answers.objects.unscoped().filter(worker__in=keys)),
        Rows(gettext_lazy("Certificates"), lambda keys: Certificate.objects.unscoped().filter(worker__in=keys)),
    ),
    settle=settle,
)
