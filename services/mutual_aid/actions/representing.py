"""Claiming in a woman's name, with her authorisation and her consent on record (D21)."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from services.casework.actions.authorising import record_authorisation
from services.mutual_aid import queries
from services.mutual_aid.actions.claiming import begin_claim
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.models import Claim
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries import claiming as known
from services.privacy.actions import give_consent, record_paper_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.workers.models import Worker


@transaction.atomic
def begin_for_her(
    worker: Worker,
    *,
    cover: str,
    diagnosed: date | None,
    way: str,
    signed_on: date,
    valid_until: date,
    by,
    now: datetime,
) -> Claim:
    """Put her authorisation and her consent on record, and begin (or find) the claim in her name.

    She is told. Raises what ``begin_claim``, ``record_authorisation`` and the two actions of consent raise.
    """
    policies.may_represent(by, worker).insist()
    version = known.own_cover(worker, cover)
    if version is None:
        raise errors.NoCover()
    if worker.user_id:
        notice = current_notice(Purpose.MUTUAL_AID, now=now)
        language = settings.LANGUAGE_CODE
        give_consent(worker.user, purpose=Purpose.MUTUAL_AID, notice=notice, language=language, now=now, by=by)
    else:
        record_paper_consent(record=worker.token, purpose=Purpose.MUTUAL_AID, signed_on=signed_on, by=by, now=now)
    authorisation = record_authorisation(
        worker,
        representative=by,
        service=queries.SERVICE,
        subject_code=version.scheme.code,
        way=way,
        signed_on=signed_on,
        valid_until=valid_until,
        by=by,
        now=now,
    )
    return begin_claim(worker, cover=cover, diagnosed=diagnosed, by=by, now=now, authorisation=authorisation)
