"""What is known of an application, as the plain values that the rules judge. Nothing is judged here."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from services.relief.enums import (
    NO_GROUP,
    AwardState,
    Category,
    FileState,
    OverlapChoice,
    OverlapRule,
    ProgrammeKind,
    Relation,
    WorkState,
)
from services.relief.models import Application, Award, Household, IncomeTest, LivingLine, Member
from services.relief.queries.overlaps import overlaps_of
from services.relief.queries.programmes import line_for, test_for
from services.relief.rules.asking import asks_aid
from services.relief.rules.counting import MemberFact, MoneyFact
from services.relief.rules.facts import Facts
from services.relief.rules.income import NOT_COUNTED, IncomeTerms
from services.relief.rules.limits import Limits, Past, Planned, school_year

_FROM_FILE = (
    "on_file",
    "category_in",
    "income_at_most",
    "single_parent",
    "child_under",
    "cause_in",
    "school_stage",
    "school_type",
    "not_retired",
    "resident",
    "not_on_file",
)
_FROM_ROSTER = ("membership", "age")
_FROM_ANSWERS = ("event_in", "event_within", "cost_over", "group_in")
ORIGINS = {
    **dict.fromkeys(_FROM_FILE, "file"),
    **dict.fromkeys(_FROM_ROSTER, "roster"),
    **dict.fromkeys(_FROM_ANSWERS, "answer"),
    "labour_relation": "roster",
    "not_aided": "history",
}


@dataclass(frozen=True, slots=True)
class Money:
    """What a household has and must spend, and under which test and line it is judged."""

    incoming: tuple[MoneyFact, ...]
    outgoing: tuple[MoneyFact, ...]
    members: tuple[MemberFact, ...]
    test: IncomeTest | None
    line: LivingLine | None
    stated: bool
    people: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """Awards decided earlier and not cancelled, this application's own left out. ``past``: those that limits look at;
    ``this_programme`` and ``grants``: yuan of the year to her or her household, under this programme and in all."""

    past: tuple[Past, ...]
    this_programme: Decimal
    grants: Decimal


def judged_on(application: Application, *, now: datetime) -> date:
    """The day whose rules count: that of handing in, or today while it is a draft."""
    return timezone.localdate(application.case.submitted_at or now)


def money_of(household: Household, *, on: date) -> Money:
    """The lines of a file as facts. ``stated``: she has said what comes in, even if that is nothing."""
    members = list(household.members.all())
    called = {member.pk: _called(member) for member in members}
    lines = list(household.money.all())
    facts = [
        (line.incoming, MoneyFact(line.kind, Decimal(line.yearly), called.get(line.member_id, ""))) for line in lines
    ]
    return Money(
        incoming=tuple(fact for incoming, fact in facts if incoming),
        outgoing=tuple(fact for incoming, fact in facts if not incoming),
        members=tuple(_member(member) for member in members),
        test=test_for(household.organization),
        line=line_for(household.organization, on),
        stated=bool(household.particulars.get("no_income")) or any(incoming for incoming, _fact in facts),
        people=tuple(members),
    )


def _called(member: Member) -> str:
    return f"{member.relation}-{member.position}"


def _member(member: Member) -> MemberFact:
    return MemberFact(
        key=_called(member),
        birth_date=member.birth_date,
        work=member.particulars.get("work") or None,
        health=member.particulars.get("health") or None,
        lives_with=member.lives_with,
        excused=bool(member.particulars.get("excused")),
    )


def terms_of(test: IncomeTest) -> IncomeTerms:
    return IncomeTerms(
        relative_multiple=test.relative_multiple,
        sudden_multiple=test.sudden_multiple,
        sudden_cost_share=test.sudden_cost_share,
        not_counted=tuple(test.not_counted) or tuple(sorted(NOT_COUNTED)),
        working_age_from=test.working_age_from,
        working_age_to=test.working_age_to,
        version=str(test.version),
        source=test.source,
    )


def facts_of(
    application: Application,
    money: Money,
    *,
    category: str | None,
    yearly_net: Decimal | None,
    before: Before,
    on: date,
    now: datetime,
) -> Facts:
    """The facts that conditions and sums ask for. ``category`` and ``yearly_net`` come from the income test; the
    category of a household on file is the file's, unless a grant before this one is to be counted in."""
    her, household, answers = application.case.worker, application.household, application.answers
    members = money.people
    herself = next((member for member in members if member.relation == Relation.SELF), None)
    work = herself.particulars.get("work") if herself else None
    student = application.student
    on_file = household.state == FileState.ON_FILE
    event = answers.get("event")
    return Facts(
        on=on,
        member=True if her.joined_on else None,
        on_file=on_file,
        category=(category if not on_file or _tested_again(application, before) else household.category) or None,
        single_parent=household.single_parent,
        children=tuple(m.birth_date for m in members if m.relation == Relation.CHILD),
        birth_date=her.birth_date,
        migrant=_yes_no(household.particulars.get("migrant")),
        labour_since=her.hired_on,
        resident=_yes_no(household.particulars.get("resident")),
        retired=None if not work else work == WorkState.RETIRED,
        main_cause=household.cause or None,
        stage=student.particulars.get("school_stage") or None if student else "",
        school_type=student.particulars.get("school_type") or None if student else "",
        group={None: None, "": None, NO_GROUP: ""}.get(answers.get("group"), answers.get("group")),
        event=event,
        event_on=date.fromisoformat(answers["event_on"]) if answers.get("event_on") else None,
        cost=Decimal(answers["cost"]) if answers.get("cost") else None,
        aided_elsewhere=_aided_elsewhere(application, now=now) if asks_aid(application.programme) else None,
        persons=sum(member.lives_with for member in members) or None,
        line=money.line.monthly if money.line else None,
        yearly_net=yearly_net,
        awarded_this_year=before.this_programme,
        origins=ORIGINS,
    )


def _tested_again(application: Application, before: Before) -> bool:
    """Deep hardship is tested anew before another grant, with what was granted this year counted in, where the
    programme says so (§3.8 S78f)."""
    counts = application.programme.caps.get("grants_count")
    return bool(counts and before.grants and application.household.category == Category.DEEP)


def _yes_no(text: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(text or "")


def _aided_elsewhere(application: Application, *, now: datetime) -> bool | None:
    """Aid from outside that nobody has looked at yet leaves it open."""
    outside = [one for one in overlaps_of(application, now=now) if one.rule == OverlapRule.OUTSIDE_AID]
    if any(one.decision is None for one in outside):
        return None
    return any(one.decision.choice == OverlapChoice.REFUSE for one in outside)


def awarded_before(application: Application, *, on: date) -> Before:
    """To her, her household or, whoever applied for it, her student; one query. Before a second grant those of the
    year count as income, small festival comfort left out (§3.8 S78f, §3.2 S77m)."""
    her, household = application.case.worker_id, application.household_id
    related = Q(worker=her) | Q(household=household)
    if student := student_index(application):
        related |= Q(student_index=student)
    standing = Award.objects.unscoped().filter(related).exclude(state=AwardState.CANCELLED)
    awards = list(standing.exclude(application=application).order_by("pk"))
    hers = [a for a in awards if a.year == on.year and (a.worker_id == her or a.household_id == household)]
    return Before(
        past=tuple(
            Past(a.programme_code, a.kind, a.year, a.event_index, a.student_index, a.school_year, a.same_cause_once)
            for a in awards
        ),
        this_programme=sum((a.amount for a in hers if a.programme_code == application.programme.code), Decimal(0)),
        grants=sum((a.amount for a in hers if a.kind != ProgrammeKind.FESTIVAL_CARE), Decimal(0)),
    )


def limits_of(application: Application) -> Limits:
    programme = application.programme
    return Limits(
        once_a_year=programme.once_a_year,
        same_cause_once=programme.same_cause_once,
        awards_per_year=programme.caps.get("awards_per_year"),
        items_per_year=programme.caps.get("items_per_year") or {},
    )


def student_index(application: Application) -> str:
    """The digest that stands for the student: her number's, or, for a child without one, the member's own."""
    student = application.student
    if student is None:
        return ""
    return student.id_index or Member.index_of(f"member:{student.pk}")


def planned_award(application: Application, *, category: str | None, on: date) -> Planned:
    return Planned(
        programme=application.programme.code,
        kind=application.programme.kind,
        year=on.year,
        event=application.event_index,
        student=student_index(application),
        school_year=school_year(on) if application.student_id else None,
        category=category or "",
    )
