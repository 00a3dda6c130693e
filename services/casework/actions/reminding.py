"""Whoever's turn it is hears of it once: she after a week of waiting for her, staff when a case becomes overdue."""

from datetime import datetime, timedelta

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.timezone import localdate

from services.accounts.models import User
from services.casework import notifications
from services.casework.enums import WAITING_ON_STAFF, Stage
from services.casework.models import Case
from services.casework.registry import services
from services.messaging.actions import Letter, notify_many

# After so long she is reminded; who has been silent for much longer isn't written to again.
WAITED = timedelta(days=7)
SILENT = timedelta(days=60)


def remind_of_her_turn(*, now: datetime) -> int:
    """Each woman whose application was returned to her a week ago, once for each time it was; gives how many letters
    were meant. Safe to repeat."""
    since = (now - SILENT, now - WAITED)
    cases = Case.objects.unscoped().filter(stage=Stage.RETURNED, stage_since__range=since)
    letters = [_to_her(case) for case in cases.select_related("worker__user") if case.service in services]
    notify_many(notifications.YOUR_TURN, letters)
    return len(letters)


def _to_her(case: Case) -> Letter:
    worker = case.worker
    return Letter(
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={"number": case.number},
        dedupe_key=f"{notifications.YOUR_TURN}:{case.pk}:{case.rounds}",
        link=services[case.service].her_address(case),
    )


def tell_of_overdue(*, now: datetime) -> int:
    """Whoever has overdue cases in hand, in one line; again only when another one has become overdue. Gives how many
    letters were meant."""
    late = Case.objects.unscoped().filter(stage__in=WAITING_ON_STAFF, handler__is_active=True)
    late = late.filter(due_on__lt=localdate(now), due_on__gte=localdate(now - SILENT))
    told = late.order_by().values("handler").annotate(cases=Count("pk"), newest=Max("due_on"))
    by_handler = {row["handler"]: row for row in told}
    link = f"{reverse('casework_desk:list')}?whose=mine&overdue=1"
    letters = [
        Letter(
            to=user,
            context={"count": by_handler[user.pk]["cases"]},
            dedupe_key=f"{notifications.OVERDUE}:{user.pk}:{by_handler[user.pk]['newest']:%Y%m%d}",
            link=link,
        )
        for user in User.objects.filter(pk__in=by_handler)
    ]
    notify_many(notifications.OVERDUE, letters)
    return len(letters)
