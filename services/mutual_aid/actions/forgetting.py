"""Covers whose term is over: the woman goes, with all that she claimed; shares, days, fees and sums stay."""

from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext_lazy as _

from services.casework.actions.forgetting import forget_case
from services.casework.actions.locking import lock_cases
from services.casework.models import Case
from services.casework.queries.ended import still_named
from services.foundation.crypto import blind_index
from services.foundation.references import unguessable
from services.mutual_aid.models import Benefit, Claim, Cover, CoverVersion, EnrolmentRow, Nomination
from services.mutual_aid.queries import ended
from services.mutual_aid.rules.retention import COVER_YEARS, PAID_YEARS
from services.payments.actions.forgetting import forget_accounts, forget_payables, unsettled
from services.privacy.registry import Gone, Term
from services.workers.actions.nobody import stand_in
from services.workers.models import Worker


def erase(key: int, *, today: date, now: datetime, years: int) -> Gone | None:
    """Take the woman out of a cover and of everything that was claimed on it. None where something holds it back.

    Locks: cases → cover → payables.
    """
    cases = lock_cases(Case.objects.own(mutual_aid__cover=key))
    cover = Cover.objects.own(pk=key).select_for_update(no_key=True).get()
    if not ended.is_due(key, today, years) or any(unsettled(ended.payables_of(case)) for case in cases):
        return None
    her, nobody = cover.worker_id, stand_in(cover.organization_id, taken=ended.standing_in(cover))
    gone = Gone()
    for case in cases:
        gone += _forget_claim(case, nobody, now=now)
    gone += _forget_cover(cover, nobody)
    return gone if still_named(her) else gone + forget_accounts(her)


def _forget_claim(case: Case, nobody: Worker, *, now: datetime) -> Gone:
    """Illness, statements and judgement go; that a claim was made, how it ended and its sum stay."""
    claim = Claim.objects.own(case=case).get()
    rows = 1 + claim.assessments.all().delete()[0]
    rows += Nomination.objects.own(benefit__claim=claim).delete()[0]
    blank = {"statement": "", "reason": "", "words": "", "appeal_words": "", "changed_because": "", "flagged": ""}
    Claim.objects.own(pk=claim.pk).update(particulars={}, findings_of_staff={}, **blank)
    Benefit.objects.own(claim=claim).update(worker=nobody, disease_index=blind_index(unguessable()))
    gone = Gone(rows=rows) + forget_case(case, nobody=nobody, now=now)
    return gone + forget_payables(ended.payables_of(case), nobody=nobody)


def _forget_cover(cover: Cover, nobody: Worker) -> Gone:
    """Its history follows it, as the database has it; what tied it to the covers before and after it is cut."""
    cover.worker, cover.token, cover.renews = nobody, unguessable(), None
    cover.save(update_fields=["worker", "token", "renews"])
    Cover.objects.own(renews=cover).update(renews=None)
    EnrolmentRow.objects.own(previous=cover).update(previous=None)
    said = {"stated": "", "findings": None, "settled_because": "", "retires_at": None, "previous": None}
    rows = EnrolmentRow.objects.own(cover=cover).update(worker=nobody, **said)
    rows += EnrolmentRow.objects.own(adds_to=cover).update(worker=nobody, **said)
    return Gone(rows=1 + rows + CoverVersion.objects.own(cover=cover).update(worker=nobody))


COVERS = Term(
    label=_("Covers of mutual aid on which nothing was paid"),
    rule=_("three years after the cover or its last claim ended"),
    years=COVER_YEARS,
    due=partial(ended.due, years=COVER_YEARS),
    erase=partial(erase, years=COVER_YEARS),
)
PAID = Term(
    label=_("Claims of mutual aid that were paid, with their cover"),
    rule=_("ten years after the last payment"),
    years=PAID_YEARS,
    due=partial(ended.due, years=PAID_YEARS),
    erase=partial(erase, years=PAID_YEARS),
)
