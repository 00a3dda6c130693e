"""A second look at decided cases: the list is frozen, a public number draws the sample, what is found is recorded."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.casework import errors, policies
from services.casework.enums import RecheckOutcome
from services.casework.models import Case, Recheck, RecheckItem
from services.casework.queries import rechecks as known
from services.casework.rules import sampling
from services.foundation.masking import redact


@transaction.atomic
def freeze_list(
    *,
    organization,
    service: str,
    first_day: date,
    last_day: date,
    wanted: int,
    source: str,
    number_on: date,
    by,
    now: datetime,
) -> Recheck:
    """Freeze the list of cases decided in these days at or below an organisation, and fix which number will draw.

    Locks nothing: decided cases keep their numbers. Raises ``PermissionDenied``, ``NothingDecided``, ``ListTooLong``,
    ``NumberKnown`` for a number of a day that isn't ahead.
    """
    policies.may_recheck(by, organization).insist()
    if number_on <= localdate(now):
        raise errors.NumberKnown()
    entries = known.entries_of(organization, service, first_day, last_day)
    if not entries:
        raise errors.NothingDecided()
    if len(entries) > sampling.MOST_ON_LIST:
        raise errors.ListTooLong(most=sampling.MOST_ON_LIST)
    wanted = min(wanted, sampling.MOST_WANTED)
    head = {
        "mumian-recheck": "1",
        "organization": organization.code,
        "service": service,
        "decided": f"{first_day.isoformat()} {last_day.isoformat()}",
        "wanted": str(wanted),
        "source": source,
        "date": number_on.isoformat(),
        "cases": str(len(entries)),
    }
    text = sampling.frozen_text(head, entries)
    recheck = Recheck.objects.create(
        organization=organization,
        service=service,
        first_day=first_day,
        last_day=last_day,
        wanted=wanted,
        source=source,
        number_on=number_on,
        frame=text,
        frame_digest=sampling.digest(text),
        frame_size=len(entries),
        frozen_by=by,
        frozen_at=now,
    )
    log(recheck, "casework.freeze_recheck", user=by, data={"digest": recheck.frame_digest})
    return recheck


@transaction.atomic
def draw_sample(recheck: Recheck, *, number: str, by, now: datetime) -> Recheck:
    """Enter the public number once it is known: it draws the sample, once and for all. The same number again changes
    nothing.

    Locks the sample. Raises ``PermissionDenied`` (also for whoever froze the list), ``NumberNotYet``, ``NumberUnfit``,
    ``DrawnAlready``, ``ListChanged``.
    """
    recheck = _locked(recheck)
    policies.may_enter_number(by, recheck).insist()
    digits = sampling.digits_of(number)
    if not digits:
        raise errors.NumberUnfit(fewest=sampling.FEWEST_DIGITS, most=sampling.MOST_DIGITS)
    if recheck.is_drawn:
        if recheck.number == digits:
            return recheck
        raise errors.DrawnAlready()
    if localdate(now) < recheck.number_on:
        raise errors.NumberNotYet(day=recheck.number_on)
    if sampling.digest(recheck.frame) != recheck.frame_digest:
        raise errors.ListChanged()
    chosen = sampling.drawn(recheck.frame_digest, digits, known.entries_on(recheck), recheck.wanted)
    keys = dict(Case.objects.unscoped().filter(number__in=[one.number for one in chosen]).values_list("number", "pk"))
    RecheckItem.objects.bulk_create(
        RecheckItem(recheck=recheck, case_id=keys[one.number], place=place, stratum=one.stratum)
        for place, one in enumerate(chosen, 1)
    )
    recheck.number, recheck.drawn_by, recheck.drawn_at = digits, by, now
    recheck.save(update_fields=["number", "drawn_by", "drawn_at"])
    log(recheck, "casework.draw_recheck", user=by, data={"number": digits})
    return recheck


@transaction.atomic
def record_second_look(item: RecheckItem, *, outcome: str, words: str, by, now: datetime) -> RecheckItem:
    """What a second look found. The decision itself stays: what follows from it is done at the case. Saying the same
    again changes nothing; whoever looked may put her own finding right.

    Locks the item. Raises ``PermissionDenied``, ``FindingMissing``, ``LookedAtAlready``.
    """
    item = RecheckItem.objects.select_for_update(of=("self",)).select_related("recheck", "case").get(pk=item.pk)
    policies.may_look_again_at(by, item).insist()
    said = redact(words.strip())
    if outcome != RecheckOutcome.RIGHT and not said:
        raise errors.FindingMissing()
    if item.outcome and item.looked_by_id != by.pk:
        raise errors.LookedAtAlready()
    if (item.outcome, item.words) == (outcome, said):
        return item
    item.outcome, item.words, item.looked_by, item.looked_at = outcome, said, by, now
    item.save(update_fields=["outcome", "words", "looked_by", "looked_at"])
    log(item.recheck, "casework.second_look", user=by, data={"case": item.case.number, "outcome": outcome})
    return item


def _locked(recheck: Recheck) -> Recheck:
    rows = Recheck.objects.unscoped().select_for_update(of=("self",)).select_related("organization")
    return rows.get(pk=recheck.pk)
