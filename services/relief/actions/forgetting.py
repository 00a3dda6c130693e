"""Applications whose term is over: the person goes, the sum, the year and the count stay; the file goes with its last
application."""

from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext_lazy as _

from services.casework.actions.forgetting import forget_case
from services.casework.actions.locking import lock_case
from services.casework.models import Case
from services.casework.queries.ended import still_named
from services.payments.actions.forgetting import forget_accounts, forget_payables, unsettled
from services.privacy.registry import Gone, Term
from services.relief.enums import LIVE_FILES
from services.relief.models import Application, Award, Household
from services.relief.queries import ended
from services.relief.rules.retention import NOTHING_YEARS, PAID_YEARS
from services.workers.actions.nobody import stand_in


def erase(key: int, *, today: date, now: datetime, years: int) -> Gone | None:
    """Take the person out of an application, its papers and its payments. None where something holds it back.

    Locks: case → file → payables.
    """
    case = lock_case(Case(pk=key))
    owed = ended.payables_of(case)
    if not ended.is_due(key, today, years) or unsettled(owed):
        return None
    her, nobody = case.worker_id, stand_in(case.organization_id)
    application = Application.objects.own(case=case).select_related("household").get()
    gone = _empty(application)
    gone += forget_case(case, nobody=nobody, now=now)
    Award.objects.own(application=application).update(
        worker=nobody, household=None, once_a_year=False, same_cause_once=False, student_index="", event_index=""
    )
    gone += _leave_file(application) + forget_payables(owed, nobody=nobody)
    return gone if still_named(her) else gone + forget_accounts(her)


def _empty(application: Application) -> Gone:
    """What she answered, what the rules judged, what visitors and colleagues wrote."""
    rows = 1
    for written in (application.assessments, application.visits, application.exclusions, application.overlaps):
        rows += written.all().delete()[0]
    application.answers, application.event_index, application.changed_because = {}, "", ""
    application.student = None
    application.save(update_fields=["answers", "event_index", "changed_because", "student"])
    return Gone(rows=rows)


def _leave_file(application: Application) -> Gone:
    """The application stands alone from now on; a file that is closed goes once no application is left in it."""
    file = application.household
    if file is None:
        return Gone()
    application.household = None
    application.save(update_fields=["household"])
    file = Household.objects.own(pk=file.pk).select_for_update(no_key=True).get()
    if file.state in LIVE_FILES or file.applications.exists() or file.awards.exists():
        return Gone()
    rows = file.months.all().delete()[0] + file.return_visits.all().delete()[0]
    return Gone(rows=rows + file.delete()[0])


NOTHING = Term(
    label=_("Applications for relief that came to nothing"),
    rule=_("three years after they ended"),
    years=NOTHING_YEARS,
    due=partial(ended.due, years=NOTHING_YEARS),
    erase=partial(erase, years=NOTHING_YEARS),
)
PAID = Term(
    label=_("Relief that was paid, with the hardship file"),
    rule=_("ten years after the last payment, once the file is closed"),
    years=PAID_YEARS,
    due=partial(ended.due, years=PAID_YEARS),
    erase=partial(erase, years=PAID_YEARS),
)
