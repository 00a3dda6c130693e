"""When two records of one woman become one: her covers, her lines in batches, what was granted her."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.mutual_aid.enums import LIVE_BATCHES, BenefitState, CoverState, RowState
from services.mutual_aid.models import Benefit, Cover, CoverVersion, EnrolmentRow, Nomination
from services.mutual_aid.queries.claiming import confirmed_of
from services.workers.models import Worker
from services.workers.registry import Follower, Rows


def obstacles(worker: Worker, *, into: Worker) -> list[str]:
    """Two covers of one scheme on one day, two lines in a batch under way, one disease paid twice. Six queries."""
    return [*_covered_twice(worker, into), *_twice_in_a_batch(worker, into), *_paid_twice(worker, into)]


def _present(worker: Worker):
    rows = CoverVersion.objects.unscoped().filter(worker=worker, known_until__isnull=True, state=CoverState.IN_FORCE)
    return rows.select_related("cover", "scheme").order_by("first_day")


def _covered_twice(worker: Worker, into: Worker) -> list[str]:
    words = _("%(scheme)s covers her on %(day)s under both records, %(first)s and %(second)s: void one of them.")
    staying = list(_present(into))
    return [
        words
        % {
            "scheme": going.scheme.name,
            "day": date_format(max(going.first_day, there.first_day), "DATE_FORMAT"),
            "first": there.cover.number,
            "second": going.cover.number,
        }
        for going in _present(worker)
        for there in staying
        if going.scheme_id == there.scheme_id
        and going.first_day <= there.last_day
        and there.first_day <= going.last_day
    ]


def _twice_in_a_batch(worker: Worker, into: Worker) -> list[str]:
    lines = EnrolmentRow.objects.unscoped().filter(batch__state__in=LIVE_BATCHES)
    twice = lines.filter(worker=worker, batch__in=lines.filter(worker=into).values("batch"))
    words = _("She stands in the enrolment batch of %(unit)s under both records: take one line out of it.")
    return [words % {"unit": unit} for unit in twice.values_list("batch__organization__name", flat=True)]


def _diseases(worker: Worker, into: Worker) -> dict[str, Benefit]:
    """What was granted under ``worker``, by the digest it has once it is ``into``'s."""
    rows = Benefit.objects.unscoped().filter(worker=worker).select_related("claim", "scheme")
    return {
        Benefit.index_of_disease(into.pk, row.scheme_id, confirmed_of(row.claim).disease or ""): row for row in rows
    }


def _paid_twice(worker: Worker, into: Worker) -> list[str]:
    going = {index: row for index, row in _diseases(worker, into).items() if row.state != BenefitState.CANCELLED}
    there = Benefit.objects.unscoped().filter(worker=into, disease_index__in=going)
    there = there.exclude(state=BenefitState.CANCELLED).values_list("disease_index", flat=True)
    words = _("%(scheme)s granted her benefits for the same disease under both records: settle it first.")
    return [words % {"scheme": going[index].scheme.name} for index in there]


def settle(worker: Worker, *, into: Worker, number: str, by, now: datetime) -> None:
    """A batch of the past holds her once, unless both its lines became covers, of which one is void by now; a year's
    condolence list names her once; what was granted is found again under her record."""
    _once_in_a_batch(worker, into)
    named = Nomination.objects.unscoped().filter(worker=into).values_list("scheme", "year")
    for scheme, year in list(named):
        Nomination.objects.unscoped().filter(worker=worker, scheme=scheme, year=year).delete()
    for index, benefit in _diseases(worker, into).items():
        Benefit.objects.unscoped().filter(pk=benefit.pk).update(disease_index=index)


def _once_in_a_batch(worker: Worker, into: Worker) -> None:
    lines = EnrolmentRow.objects.unscoped()
    for going in lines.filter(worker=worker, batch__in=lines.filter(worker=into).values("batch")):
        staying = lines.get(worker=into, batch=going.batch_id)
        for line, one in ((going, worker), (staying, into)):
            if line.state != RowState.COVERED:
                lines.filter(pk=line.pk).update(worker=None, stated=one.masked_name, state=RowState.VOID)
                break


FOLLOWER = Follower(
    order=40,
    rows=(
        Rows(
            gettext_lazy("Lines in enrolment batches"),
            lambda keys: EnrolmentRow.objects.unscoped().filter(worker__in=keys),
        ),
        Rows(gettext_lazy("Covers"), lambda keys: Cover.objects.unscoped().filter(worker__in=keys)),
        Rows(gettext_lazy("Versions of covers"), lambda keys: CoverVersion.objects.unscoped().filter(worker__in=keys)),
        Rows(gettext_lazy("Benefits"), lambda keys: Benefit.objects.unscoped().filter(worker__in=keys)),
        Rows(gettext_lazy("Nominations"), lambda keys: Nomination.objects.unscoped().filter(worker__in=keys)),
    ),
    obstacles=obstacles,
    settle=settle,
)
