"""What must be true once everybody has gone home: ledgers recounted, and what people were told compared with them."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count

from services.bookings import actions as bookings
from services.bookings.enums import LIVE, BookingState
from services.bookings.models import Booking, BookingEvent
from services.exchange.actions import resume_stale_jobs
from services.exchange.actions.progress import stuck_work
from services.exchange.enums import RUNNING, JobState
from services.exchange.models import Job
from services.figures.actions import fold
from services.figures.queries import differences
from services.foundation import clock
from services.messaging import actions as messaging
from services.messaging.enums import Channel, MessageState
from services.messaging.models import Message
from services.payments.enums import FundMove, LineState
from services.payments.models import BatchLine, FundLine, Payable
from services.payments.queries.checking import faults
from services.workers.models import Worker
from tests.chaos.people import BOOKED, ROWS, Importer, Woman
from tests.services.waiting import wait_until


def sweep() -> None:
    """What the clock does every two minutes; it waits for less here."""
    resume_stale_jobs(now=clock.now())


def let_settle() -> None:
    """What beat would do by and by: sweep, lapse holds, deliver what a dead worker had in hand, fold the figures."""

    def rested() -> bool:
        sweep()
        return not Job.objects.unscoped().filter(state__in=RUNNING).exists()

    wait_until(rested, "every import comes to its end", seconds=180)
    bookings.expire_due(clock.now() + timedelta(minutes=11))
    messaging.deliver(now=clock.now() + timedelta(minutes=6), limit=100_000)
    fold()


def agree() -> dict[str, list]:
    """Everything that is wrong, by what it is about; empty lists when nothing is."""
    return {
        "payments": list(faults()),
        "paid twice": list(
            BatchLine.objects.filter(state=LineState.PAID)
            .order_by()
            .values("payable")
            .annotate(times=Count("pk"))
            .filter(times__gt=1)
        ),
        "spent twice": list(
            FundLine.objects.filter(move=FundMove.SPEND)
            .order_by()
            .values("payable")
            .annotate(times=Count("pk"))
            .filter(times__gt=1)
        ),
        "figures": differences(),
        "stuck": [kind for kind, count in stuck_work(now=clock.now() + timedelta(hours=1)).items() if count],
        "messages": _messages(),
    }


def _messages() -> list:
    """Each went out, and of every confirmation of hers there is one letter in her inbox: none lost, none twice."""
    found = list(Message.objects.exclude(state=MessageState.SENT).values_list("key", "channel", "state"))
    told = Counter(
        Message.objects.filter(key="bookings-booked", channel=Channel.IN_SITE).values_list("recipient", flat=True)
    )
    happened = Counter(BookingEvent.objects.filter(verb="confirmed").values_list("booking__worker__user", flat=True))
    return found + [(user, told[user], happened[user]) for user in told | happened if told[user] != happened[user]]


def places_agree(stage) -> list:
    stage.session.refresh_from_db()
    live = Booking.objects.unscoped().filter(session=stage.session, state__in=LIVE)
    found: list = list(stage.differences())
    if not live.count() == stage.session.taken <= stage.session.capacity:
        found.append(("taken", live.count(), stage.session.taken, stage.session.capacity))
    return found + list(live.order_by().values("worker").annotate(n=Count("pk")).filter(n__gt=1))


def what_women_were_told(women: list[Woman]) -> list:
    """Who was told last that she is booked is booked, and who was told that it is cancelled isn't."""
    held = set(Booking.objects.unscoped().filter(state=BookingState.CONFIRMED).values_list("worker", flat=True))
    return [(her.worker.pk, her.sure) for her in women if her.sure and (her.sure == BOOKED) != (her.worker.pk in held)]


def imported_once(importers: list[Importer]) -> list:
    """Each finished job wrote its rows once: as many women as rows, and no number twice."""
    found = []
    for officer in importers:
        done = Job.objects.unscoped().filter(organization=officer.unit, state=JobState.DONE)
        files = Counter(done.values_list("file_name", flat=True))
        found += [("imported twice", name) for name, times in files.items() if times > 1]
        found += [("rows", job.file_name, job.new) for job in done if job.new != ROWS]
        women = Worker.objects.unscoped().filter(organization=officer.unit, name="示例丙").count()
        if women != ROWS * done.count():
            found.append(("women", officer.unit.code, women, done.count()))
    numbers = Worker.objects.unscoped().values("id_index").order_by().annotate(n=Count("pk")).filter(n__gt=1)
    return found + list(numbers)


def paid() -> int:
    return Payable.objects.unscoped().filter(paid_at__isnull=False).count()
