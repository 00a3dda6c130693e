"""Applying in a woman's name, with her authorisation and her consent on record (D21)."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from services.casework.actions.authorising import record_authorisation
from services.privacy.actions import give_consent, record_paper_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.relief import policies, queries
from services.relief.actions.applying import begin_application
from services.relief.models import Application
from services.workers.models import Worker


@transaction.atomic
def begin_for_her(
    worker: Worker, *, code: str, way: str, signed_on: date, valid_until: date, by, now: datetime
) -> Application:
    """Put her authorisation and her consent on record, and begin (or find) the application in her name.

    She is told. Raises what ``begin_application``, ``record_authorisation`` and the two actions of consent raise.
    """
    policies.may_represent(by, worker).insist()
    if worker.user_id:
        notice = current_notice(Purpose.RELIEF, now=now)
        language = settings.LANGUAGE_CODE
        give_consent(worker.user, purpose=Purpose.RELIEF, notice=notice, language=language, now=now, by=by)
    else:
        record_paper_consent(record=worker.token, purpose=Purpose.RELIEF, signed_on=signed_on, by=by, now=now)
    authorisation = record_authorisation(
        worker,
        representative=by,
        service=queries.SERVICE,
        subject_code=code,
        way=way,
        signed_on=signed_on,
        valid_until=valid_until,
        by=by,
        now=now,
    )
    return begin_application(worker, code=code, by=by, now=now, authorisation=authorisation)
