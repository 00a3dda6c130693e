"""When two records of one woman become one: when she was screened, what she said, the groups she was enrolled in."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from services.screening.enums import EnrolmentState
from services.screening.models import EnrolmentRow, HistoryStatement, PastScreening, ResidenceStatement
from services.workers.models import Worker
from services.workers.registry import Follower, Rows


def settle(worker: Worker, *, into: Worker, number: str, by, now: datetime) -> None:
    """One day is one screening, of two statements about one programme the later one counts, a group holds her once."""
    _one_screening_a_day(worker, into)
    for statements in (HistoryStatement, ResidenceStatement):
        _later_statement(statements, worker, into)
    _once_in_a_group(worker, into)


def _one_screening_a_day(worker: Worker, into: Worker) -> None:
    rows = PastScreening.objects.unscoped()
    days = rows.filter(worker=worker).values_list("screened_on", flat=True)
    for day in list(days):
        pair = list(rows.filter(worker__in=[worker, into], screened_on=day))
        if len(pair) == 2:
            # The one that rests on a booking says more; else that of the record that stays.
            pair.sort(key=lambda one: (one.booking_id is None, one.worker_id != into.pk))
            rows.filter(pk=pair[1].pk).delete()


def _later_statement(statements, worker: Worker, into: Worker) -> None:
    for going in statements.objects.filter(worker=worker):
        staying = statements.objects.filter(worker=into, programme=going.programme_id).first()
        if staying is not None:
            (staying if going.stated_at > staying.stated_at else going).delete()


def _once_in_a_group(worker: Worker, into: Worker) -> None:
    """A draft takes nothing, so its second line goes; one that was carried out keeps it without her record."""
    groups = EnrolmentRow.objects.unscoped().filter(worker=into).values("enrolment")
    twice = EnrolmentRow.objects.unscoped().filter(worker=worker, enrolment__in=groups)
    twice.filter(enrolment__state=EnrolmentState.DRAFT).delete()
    twice.update(worker=None, stated=worker.masked_name)


FOLLOWER = Follower(
    order=15,
    rows=(
        Rows(gettext_lazy("Screenings she had"), lambda keys: PastScreening.objects.unscoped().filter(worker__in=keys)),
        Rows(
            gettext_lazy("Statements about her last screening"),
            lambda keys: HistoryStatement.objects.filter(worker__in=keys),
        ),
        Rows(
            gettext_lazy("Statements about where she lives"),
            lambda keys: ResidenceStatement.objects.filter(worker__in=keys),
        ),
        Rows(
            gettext_lazy("Lines in group enrolments"),
            lambda keys: EnrolmentRow.objects.unscoped().filter(worker__in=keys),
        ),
    ),
    settle=settle,
)
