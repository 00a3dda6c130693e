"""What follows when a case is decided: the award and what is owed, or the household on file, or neither.

Everything here runs in the transaction of the verb. Locks: case → file → fund → payable.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.casework import actions as casework
from services.casework.enums import Verb
from services.casework.errors import Obstructed
from services.casework.workflow import edge_of
from services.foundation.errors import Refused
from services.payments.actions import raise_payable
from services.relief import errors, queries
from services.relief.actions.applying import drop_draft_file
from services.relief.actions.assessing import Judgement, assess, refuses
from services.relief.enums import AwardState, Category, FileState, ProgrammeKind
from services.relief.models import Application, Award, Household
from services.relief.queries.awards import payable_key
from services.relief.queries.facts import judged_on, student_index
from services.relief.rules import exits, limits

_BY_CONSTRAINT: dict[str, type[Refused]] = {
    "relief_once_a_household_a_year": errors.AwardedThisYear,
    "relief_once_a_person_a_year": errors.AwardedThisYear,
    "relief_same_cause_once": errors.AwardedForThisEvent,
    "relief_one_study_aid_a_school_year": errors.StudentAidedThisYear,
    # SQLite names the columns.
    "relief_award.programme_code": errors.AwardedThisYear,
    "relief_award.worker_id, relief_award.event_index": errors.AwardedForThisEvent,
    "relief_award.student_index": errors.StudentAidedThisYear,
}


def approve(application: Application, *, by, now: datetime) -> None:
    """Freeze what it was decided on; put the household on file, or award the sum and owe it.

    A sum that was paid before the case was reopened stays as it is. Locks the file, the fund. Raises
    ``NothingToAward``, ``NoFund``, ``AwardedThisYear``, ``AwardedForThisEvent``, ``StudentAidedThisYear``,
    ``PaidDifferently``, casework's ``Obstructed``, payments' ``FundShort``.
    """
    household = _held(application.household)
    judgement = assess(application, by=by, now=now, decisive=True)
    if application.programme.kind == ProgrammeKind.FILING:
        _insist_still_fits(judgement)
        _put_on_file(household, application, judgement, now=now)
        casework.close(application.case, now=now)
    else:
        award = _award(application, judgement, now=now)
        _insist_still_fits(judgement)
        if award.state == AwardState.PAID:
            if award.amount != application.amount:
                raise errors.PaidDifferently()
            casework.close(application.case, now=now)
            return
        _owe(award, by=by, now=now)
        casework.start_payment(application.case, now=now)


def _insist_still_fits(judgement: Judgement) -> None:
    """What another decision about this household has changed since the verb was checked: the file is held only now."""
    if findings := refuses(judgement):
        raise Obstructed(findings)


def _held(household: Household) -> Household:
    rows = Household.objects.unscoped().select_for_update(no_key=True, of=("self",))
    return rows.select_related("worker", "organization").get(pk=household.pk)


def _put_on_file(household: Household, application: Application, judgement: Judgement, *, now: datetime) -> None:
    """On file from the day of the decision, to be checked again when the income test says so (§3.7)."""
    test = queries.test_for(household.organization)
    today = localdate(now)
    household.state, household.category = FileState.ON_FILE, Category(judgement.category)
    household.on_file_since = household.on_file_since or today
    household.recheck_due_on = exits.next_check(today, test.recheck_months)
    household.version += 1
    household.changed_at = now
    household.save()
    log(instance=household, action="relief.on_file", data={"case": application.case.number})


def _award(application: Application, judgement: Judgement, *, now: datetime) -> Award:
    """The one award of an application; one that was cancelled is taken up again under the sum decided now."""
    programme, case = application.programme, application.case
    amount = application.amount
    if not amount:
        raise errors.NothingToAward()
    if programme.fund is None:
        raise errors.NoFund()
    on = judged_on(application, now=now)
    standing = Award.objects.unscoped().select_for_update(no_key=True).filter(application=application).first()
    if standing is not None and standing.state != AwardState.CANCELLED:
        return standing
    values = {
        "programme": programme,
        "programme_code": programme.code,
        "kind": programme.kind,
        "household": application.household,
        "worker": case.worker,
        "organization": case.organization,
        "path": case.path,
        "category": judgement.category or "",
        "amount": amount,
        "fund": programme.fund,
        "year": on.year,
        "school_year": limits.school_year(on) if application.student_id else None,
        "student_index": student_index(application),
        "event_index": application.event_index,
        "once_a_year": programme.once_a_year,
        "same_cause_once": programme.same_cause_once,
        "state": AwardState.DUE,
        "decided_at": now,
        "paid_at": None,
    }
    try:
        with transaction.atomic():
            if standing is not None:
                for name, value in values.items():
                    setattr(standing, name, value)
                standing.tries += 1
                standing.save()
                return standing
            return Award.objects.create(application=application, **values)
    except IntegrityError as error:
        for name, refusal in _BY_CONSTRAINT.items():
            if name in str(error):
                raise refusal() from error
        raise


def _owe(award: Award, *, by, now: datetime) -> None:
    case = award.application.case
    raise_payable(
        key=payable_key(award),
        service=queries.SERVICE,
        subject_code=award.programme_code,
        title=award.programme.name,
        case_number=case.number,
        worker=award.worker,
        organization=award.fund.organization,
        path=award.path,
        fund=award.fund,
        amount=award.amount,
        by=by,
        now=now,
    )


def refuse(application: Application, *, by, now: datetime) -> None:
    """Keep what the refusal rests on (D1), and let go of a draft file on which nothing rests any more."""
    assess(application, by=by, now=now, decisive=True)
    drop_draft_file(application.household, now=now)


def withdraw(application: Application, *, now: datetime) -> None:
    drop_draft_file(application.household, now=now)


def paid(award: Award, *, now: datetime) -> None:
    """The money is there: the case ends. A draft file that only served this application is let go."""
    if award.state == AwardState.PAID:
        return
    award.state, award.paid_at = AwardState.PAID, now
    award.save(update_fields=["state", "paid_at"])
    application = award.application
    casework.close(application.case, now=now)
    drop_draft_file(application.household, now=now)


def returned(award: Award, *, now: datetime) -> None:
    award.state = AwardState.FAILED
    award.save(update_fields=["state"])


def sent_again(award: Award) -> None:
    if award.state == AwardState.FAILED:
        award.state = AwardState.DUE
        award.save(update_fields=["state"])


def cancelled(award: Award, *, now: datetime) -> None:
    """It won't be paid: the places it took in the year's limits are free, and the case ends; one that was reopened
    goes on with its review."""
    award.state, award.paid_at = AwardState.CANCELLED, None
    award.save(update_fields=["state", "paid_at"])
    if edge_of(Verb.CLOSE, award.application.case.stage):
        casework.close(award.application.case, now=now, details={"cancelled": True})
    drop_draft_file(award.application.household, now=now)
