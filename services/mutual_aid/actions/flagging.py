"""A decided claim is never changed by what is learnt later of a cover; it is marked, so that somebody looks (D15).

It is marked where another cover answers for the day of its diagnosis than the one it was decided on, whichever way that
came about: a correction, a roster brought in late, shares added from an earlier day, a cover that was void. What leaves
that day as it was (the renewal of the next year, her leaving afterwards, its own end of the cover) marks nothing.
"""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from services.mutual_aid.enums import CoverState
from services.mutual_aid.models import Claim, Cover, CoverVersion
from services.mutual_aid.queries import claiming as known
from services.mutual_aid.queries.terms import terms_of
from services.mutual_aid.rules.benefit import benefit
from services.mutual_aid.rules.facts import Facts


def flag_touched(covers: Collection[Cover]) -> None:
    """Covers were opened, or the history of one rewritten: decided claims that this touches are marked. One query where
    none of these women has a decided claim."""
    schemes, women = {cover.scheme_id for cover in covers}, {cover.worker_id for cover in covers}
    changed = {cover.pk for cover in covers}
    decided = Claim.objects.unscoped().filter(scheme__in=schemes, case__worker__in=women, decided_on__isnull=False)
    touched = [claim.pk for claim in decided.filter(flagged="").select_related("case") if _touched(claim, changed)]
    if touched:
        with translation.override(settings.LANGUAGE_CODE):
            words = _("What is known of her cover has changed since the decision.")
        Claim.objects.unscoped().filter(pk__in=touched).update(flagged=words)


def _touched(claim: Claim, changed: set[int]) -> bool:
    version, rested = known.answering(claim, known.confirmed_of(claim).diagnosed), known.decided_on(claim)
    if version is None or rested is None:
        # Refused before anybody knew what it is about: its own cover is all that can touch it.
        return version is None or version.cover_id in changed
    then, now = Facts.from_json(rested.inputs), known.facts_of(claim, version, on=claim.decided_on, earlier=())
    return now is None or _answer(then) != _answer(now) or _goes_on_from(version, then, changed)


def _answer(facts: Facts) -> tuple:
    """What her cover says of the day of the diagnosis."""
    covered = facts.effective <= facts.diagnosed and (facts.last is None or facts.diagnosed <= facts.last)
    return facts.cover, covered, facts.effective, facts.shares, facts.renewal, facts.added


def _goes_on_from(version: CoverVersion, then: Facts, changed: set[int]) -> bool:
    """A cover brought in late ends where the one it was decided on begins: had it been known, she might not have had to
    wait again."""
    terms = terms_of(version.terms)
    since = version.first_day - timedelta(days=1 + (terms.renewal_grace_days or 0))
    before = CoverVersion.objects.own(
        cover__in=changed, worker=version.worker_id, scheme=version.scheme_id, state=CoverState.IN_FORCE
    ).filter(known_until=None, last_day__gte=since, last_day__lt=version.first_day)
    if then.renewal or not before.exists():
        return False
    waited, unbroken = benefit(terms, then), benefit(terms, then.with_(renewal=True))
    return (waited.amount, waited.reason) != (unbroken.amount, unbroken.reason)
