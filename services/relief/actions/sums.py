"""A sum that differs from what the rules compute: one person changes it with a reason, a second one agrees."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.masking import redact
from services.relief import errors
from services.relief.actions.assessing import judge
from services.relief.actions.reviewing import under_review
from services.relief.enums import ProgrammeKind
from services.relief.models import Application
from services.relief.queries.facts import awarded_before, judged_on
from services.relief.rules.plausibility import amount_fault

_LEAST_REASON = 4


@transaction.atomic
def change_sum(application: Application, *, amount: Decimal, because: str, by, now: datetime) -> Application:
    """Ask for another sum than the rules give, in yuan; it counts once a second person has agreed.

    Asking for the computed sum takes the change back. Locks the application. Raises ``SumInvalid``, ``SumAboveCap``,
    ``ReasonMissing``, ``NotReviewed``, ``PermissionDenied``.
    """
    application = under_review(application, by=by)
    if application.programme.kind == ProgrammeKind.FILING or amount_fault(amount, Decimal(10**7)) or not amount:
        raise errors.SumInvalid()
    _insist_within_caps(application, amount, now=now)
    computed = judge(application, now=now).amount
    if amount == computed:
        application.amount, application.changed_because = computed, ""
        application.changed_by = application.seconded_by = None
    else:
        because = redact(" ".join(because.split()))[:300]
        if len(because) < _LEAST_REASON:
            raise errors.ReasonMissing()
        if (application.amount, application.changed_because, application.changed_by_id) == (amount, because, by.pk):
            return application
        application.amount, application.changed_because = amount, because
        application.changed_by, application.seconded_by = by, None
    application.computed = computed
    application.save(update_fields=["amount", "computed", "changed_because", "changed_by", "seconded_by"])
    log(instance=application, action="relief.sum", user=by, data={"reason": application.changed_because})
    return application


def _insist_within_caps(application: Application, amount: Decimal, *, now: datetime) -> None:
    caps = application.programme.caps
    before = awarded_before(application, on=judged_on(application, now=now))
    for name, used in (("per_award", Decimal(0)), ("per_year", before.this_programme)):
        cap = caps.get(name)
        if cap not in (None, "") and amount + used > Decimal(cap):
            raise errors.SumAboveCap(cap=f"{Decimal(cap):,.2f}")


@transaction.atomic
def second_sum(application: Application, *, seen: Decimal, by, now: datetime) -> Application:
    """Agree to a changed sum: ``seen`` is the one on her screen. Agreeing twice changes nothing.

    Locks the application. Raises ``NothingToSecond`` when there is none or another one by now,
    ``SecondPersonNeeded`` for whoever changed it, ``NotReviewed``, ``PermissionDenied``.
    """
    application = under_review(application, by=by)
    if application.changed_by_id is None or application.amount != seen:
        raise errors.NothingToSecond()
    if application.changed_by_id == by.pk:
        raise errors.SecondPersonNeeded()
    if application.seconded_by_id is None:
        application.seconded_by = by
        application.save(update_fields=["seconded_by"])
        log(instance=application, action="relief.second_sum", user=by)
    return application


def waits_for_a_second(application: Application) -> bool:
    return application.changed_by_id is not None and application.seconded_by_id is None
