"""Beginning an application and saying what its programme asks beyond the file.

One open application a programme a woman: beginning it again leads to the same one.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log

from services.casework import actions as casework
from services.casework.actions.numbers import next_number
from services.casework.enums import OPEN, WAITING_ON_HER
from services.casework.errors import NotSheHerself
from services.casework.models import Authorisation
from services.casework.policies import speaks_for
from services.foundation.locks import hold
from services.privacy.actions import hold_consent, hold_paper_consent
from services.privacy.enums import Purpose
from services.relief import errors, queries
from services.relief.enums import EVENTS, NO_GROUP, CareGroup, Cause, FileState, ProgrammeKind, Relation
from services.relief.models import Application, Household, Member, MoneyLine, Programme
from services.relief.rules.asking import answers_for_illness
from services.relief.rules.plausibility import BOUNDS, Fault, amount_fault
from services.relief.rules.typed import TypedAnswers
from services.workers.models import Worker

FILE_LETTERS = "DA"
# Her own words, in characters.
_LONGEST = 500


def begin_filing(worker: Worker, *, by, now: datetime, authorisation: Authorisation | None = None) -> Application:
    """Begin (or find) her application for the hardship file. As ``begin_application``; ``AlreadyOnFile``."""
    programme = queries.filing_for(worker.organization)
    if programme is None:
        raise errors.NoProgramme()
    return begin_application(worker, code=programme.code, by=by, now=now, authorisation=authorisation)


@transaction.atomic
def begin_application(
    worker: Worker,
    *,
    code: str,
    by,
    now: datetime,
    authorisation: Authorisation | None = None,
    illness_on: date | None = None,
) -> Application:
    """Begin an application for a programme, or give the one that is open already, in which nothing is changed.

    ``illness_on``: a day that a new one states as that of a serious illness, where the programme asks for such; she
    sees it among her answers and puts it right.
    Her file is used when she has one; otherwise one is begun, with what her last file knew. Holds her consent and
    the name of the pair; locks nothing else. Raises ``NoConsent``, ``NoProgramme``, ``OutsideWindow``,
    ``AlreadyOnFile``, ``AnotherFile``, and what ``casework.open_case`` raises.
    """
    if not consents(worker, now=now):
        raise errors.NoConsent()
    hold(f"relief.begin.{worker.pk}")
    standing = queries.open_application(worker, code)
    if standing is not None:
        speaks_for(by, standing.case, now=now).insist()
        return standing
    programme = queries.programme_for(worker.organization, code)
    if programme is None:
        raise errors.NoProgramme()
    insist_open(programme, on=timezone.localdate(now))
    if programme.kind == ProgrammeKind.FILING and queries.on_file(worker):
        raise errors.AlreadyOnFile()
    case = casework.open_case(
        service=queries.SERVICE,
        subject_code=code,
        worker=worker,
        route_code=programme.route_code,
        by=by,
        now=now,
        authorisation=authorisation,
    )
    household = queries.live_file(worker) or _begin_file(worker, by=by, now=now)
    return Application.objects.create(
        case=case, programme=programme, household=household, **_of_illness(programme, illness_on)
    )


def _of_illness(programme: Programme, on: date | None) -> dict:
    if on is None or not answers_for_illness(programme):
        return {}
    event = str(Cause.SERIOUS_ILLNESS)
    return {"answers": {"event": event, "event_on": on.isoformat()}, "event_index": event_index(event, on)}


def consents(worker: Worker, *, now: datetime) -> bool:
    if worker.user_id:
        return hold_consent(worker.user_id, Purpose.RELIEF, now=now)
    return hold_paper_consent(worker.token, Purpose.RELIEF, now=now)


def insist_open(programme: Programme, *, on: date) -> None:
    """Raises ``OutsideWindow`` before the first and after the last day on which applications are taken."""
    too_early = programme.opens_on is not None and on < programme.opens_on
    too_late = programme.closes_on is not None and on > programme.closes_on
    if too_early or too_late:
        begin, end = (
            date_format(day, "DATE_FORMAT") if day else "…" for day in (programme.opens_on, programme.closes_on)
        )
        raise errors.OutsideWindow(begin=begin, end=end)


def _begin_file(worker: Worker, *, by, now: datetime) -> Household:
    """A draft with herself in it, and with what the last file of hers knew."""
    taken = queries.taken_elsewhere([worker.id_number], household=None)
    if taken:
        raise errors.AnotherFile(contact=next(iter(taken.values())))
    last = queries.last_file(worker)
    try:
        with transaction.atomic():
            household = Household.objects.create(
                number=next_number(FILE_LETTERS, worker.organization, now=now),
                worker=worker,
                organization=worker.organization,
                path=worker.organization.path,
                created_at=now,
                changed_at=now,
                **({name: getattr(last, name) for name in _KNOWN} if last else {}),
            )
            _herself(household, last)
    except IntegrityError:
        raise errors.AnotherFile(contact=queries.contact_of_any([worker.id_number])) from None
    if last is not None:
        _copy_members(household, last)
    log(instance=household, action="relief.begin_file", user=by)
    return household


_KNOWN = ("cause", "more_causes", "single_parent", "particulars")


def _herself(household: Household, last: Household | None) -> None:
    before = last.members.filter(relation=Relation.SELF).first() if last else None
    her = household.worker
    Member.objects.create(
        household=household,
        relation=Relation.SELF,
        name=her.name,
        id_number=her.id_number,
        birth_date=her.birth_date,
        particulars=before.particulars if before else {},
        position=0,
    )


def _copy_members(household: Household, last: Household) -> None:
    """Members who stand in no other live file, and the money; figures are hers to look through again."""
    others = list(last.members.exclude(relation=Relation.SELF))
    taken = queries.taken_elsewhere([member.id_number for member in others], household=household)
    now_called = {}
    for member in others:
        if member.id_index not in taken:
            before, member.pk = member.pk, None
            member.household, member.live, member._state.adding = household, True, True
            member.save()
            now_called[before] = member
    herself = household.members.get(relation=Relation.SELF)
    for line in last.money.select_related("member"):
        whose = line.member and (herself if line.member.relation == Relation.SELF else now_called.get(line.member_id))
        if line.member_id is None or whose:
            MoneyLine.objects.create(
                household=household,
                incoming=line.incoming,
                kind=line.kind,
                member=whose or None,
                yearly=line.yearly,
                position=line.position,
            )


@transaction.atomic
def save_answers(application: Application, typed: TypedAnswers, *, by, now: datetime, seen: int) -> Application:
    """What happened, when, what it cost her, which child it is for, her group, her own words. Only while it lies with
    her.

    Locks the application. Raises ``FileInvalid`` (all faults at once), ``FileChanged``, ``NotSheHerself``,
    ``FileClosed``.
    """
    application = Application.objects.unscoped().select_for_update(no_key=True, of=("self",)).get(pk=application.pk)
    case = application.case
    if not speaks_for(by, case, now=now):
        raise NotSheHerself()
    if case.stage not in WAITING_ON_HER:
        raise errors.FileClosed()
    if application.version != seen:
        raise errors.FileChanged()
    student = queries.students_of(application.household).filter(pk=typed.student).first() if typed.student else None
    if faults := _answer_faults(typed, student, today=timezone.localdate(now)):
        raise errors.FileInvalid(faults)
    application.student = student
    application.answers = {
        "event": typed.event,
        "event_on": typed.event_on.isoformat() if typed.event_on else "",
        "cost": "" if typed.cost is None else format(typed.cost, "f"),
        "group": typed.group,
        "told": typed.told.strip()[:_LONGEST],
    }
    application.event_index = event_index(typed.event, typed.event_on)
    application.version += 1
    application.save(update_fields=["student", "answers", "event_index", "version"])
    return application


def event_index(event: str, on: date | None) -> str:
    """The keyed digest of an event: its class and its month, which people remember. '' while either is unknown."""
    return Application.index_of(f"{event}:{on:%Y-%m}") if event and on else ""


def _answer_faults(typed: TypedAnswers, student: Member | None, *, today: date) -> list[Fault]:
    faults = []
    if typed.event and typed.event not in EVENTS:
        faults.append(Fault("unknown_event", "answers", None, "event"))
    if typed.event and typed.event_on is None:
        faults.append(Fault("event_day_missing", "answers", None, "event_on"))
    if typed.event_on and typed.event_on > today:
        faults.append(Fault("event_in_future", "answers", None, "event_on"))
    if typed.event_on and not typed.event:
        faults.append(Fault("event_missing", "answers", None, "event"))
    if typed.student and student is None:
        faults.append(Fault("student_foreign", "answers", None, "student"))
    if typed.group not in ("", NO_GROUP, *CareGroup.values):
        faults.append(Fault("unknown_group", "answers", None, "group"))
    if typed.cost is not None and (code := amount_fault(typed.cost, Decimal(BOUNDS.line))):
        faults.append(Fault(code, "answers", None, "cost", (("most", str(BOUNDS.line)),)))
    return faults


def drop_draft_file(household: Household, *, now: datetime) -> None:
    """The draft on which nothing rests any more: those in it are free for another file. Locks the file."""
    household = Household.objects.unscoped().select_for_update(no_key=True).get(pk=household.pk)
    rests = Application.objects.unscoped().filter(household=household, case__stage__in=OPEN).exists()
    if household.state != FileState.DRAFT or rests:
        return
    household.state, household.changed_at = FileState.DROPPED, now
    household.save(update_fields=["state", "changed_at"])
    household.members.update(live=False)


def take_up_file(household: Household, *, now: datetime) -> None:
    """A dropped draft is needed again: the case was reopened. Locks the file. Raises ``AnotherFile``."""
    household = Household.objects.unscoped().select_for_update(no_key=True).get(pk=household.pk)
    if household.state != FileState.DROPPED:
        return
    numbers = [member.id_number for member in household.members.all()]
    try:
        with transaction.atomic():
            household.state, household.changed_at = FileState.DRAFT, now
            household.save(update_fields=["state", "changed_at"])
            household.members.update(live=True)
    except IntegrityError:
        raise errors.AnotherFile(contact=queries.contact_of_any(numbers, household=household)) from None
