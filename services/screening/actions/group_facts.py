"""What the women of a group told their officer: when they were last screened, and consent given on paper."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from services.bookings.policies import may_book_for
from services.privacy.actions import record_paper_consent, withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import paper_consents
from services.screening import errors
from services.screening.actions.enrolments import look_again
from services.screening.actions.history import state_last_screening
from services.screening.models import Enrolment
from services.screening.queries.groups import terms_or_refuse
from services.workers.models import Worker


def state_for_group(enrolment: Enrolment, said: Mapping[Worker, date | None], *, by, now: datetime) -> Enrolment:
    """Keep what each woman said about her last screening (None: never) and look again. All or none.

    Raises ``StatementInFuture``, ``PermissionDenied``. Locks as ``state_last_screening``, then the enrolment.
    """
    with transaction.atomic():
        for worker, day in said.items():
            state_last_screening(enrolment.programme, worker=worker, last_screened_on=day, by=by, now=now)
        return look_again(enrolment, by=by, now=now)


def record_paper(enrolment: Enrolment, workers: Iterable[Worker], *, signed_on: date, by, now: datetime) -> Enrolment:
    """Write down the forms these women signed, where the terms admit paper, and look again. All or none.

    The officer agrees for nobody: a form is the woman's own, with its date, and becomes hers when she has an account.
    Raises ``PaperNotAdmitted``, ``HasAccount``, ``PermissionDenied`` and what ``record_paper_consent`` raises.
    """
    if not terms_or_refuse(enrolment.programme).paper_consent:
        raise errors.PaperNotAdmitted()
    with transaction.atomic():
        for worker in workers:
            may_book_for(by, worker).insist()
            if worker.user_id:
                raise errors.HasAccount()
            record_paper_consent(record=worker.token, purpose=Purpose.SCREENING, signed_on=signed_on, by=by, now=now)
        return look_again(enrolment, by=by, now=now)


def withdraw_paper(enrolment: Enrolment, worker: Worker, *, by, now: datetime) -> Enrolment:
    """She takes back what she signed: her screening bookings ahead are cancelled with it. Twice is once."""
    may_book_for(by, worker).insist()
    with transaction.atomic():
        for consent in paper_consents(worker.token, Purpose.SCREENING, now=now):
            withdraw_consent(consent, by=by, now=now)
        return look_again(enrolment, by=by, now=now)
