"""Invented households of the demo: who lives there, what comes in, why it isn't enough."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from django.utils.timezone import localdate

from services.foundation.identifiers import INVENTED_AREA, check_character
from services.relief.actions import applying, files
from services.relief.enums import Cause, FileState, Relation
from services.relief.models import Application, Household
from services.relief.rules.typed import TypedAnswers, TypedMember, TypedMoney

# Yuan a year that comes in, costs that can't be avoided, main cause, further causes.
_KINDS = (
    ("21600", "4800", Cause.SERIOUS_ILLNESS, [Cause.SCHOOLING]),
    ("43200", "6000", Cause.SCHOOLING, []),
    ("24000", "3600", Cause.LAID_OFF, [Cause.NO_JOB]),
    ("40800", "2400", Cause.SERIOUS_ILLNESS, []),
    ("19200", "1200", Cause.CANNOT_WORK, [Cause.SERIOUS_ILLNESS]),
)
# The older children, of every fifth household.
_STUDENTS = (("college", 19), ("senior", 17))
_orders = count(700)


def fill(household: Household, place: int, *, by, now) -> None:
    """Complete a draft file. Every fourth is a single mother's, with one child; the others are three persons. In every
    fifth the child is at senior secondary school or university."""
    income, rigid, cause, more = _KINDS[place % len(_KINDS)]
    alone = place % 4 == 3
    shared = {"by": by, "now": now}
    typed = _members(household, place, alone, today=localdate(now))
    household = files.save_members(household, typed, seen=household.version, **shared)
    if alone:
        income = str(int(income) * 2 // 3)
    money = [TypedMoney(True, "wages", Decimal(income)), TypedMoney(False, "medical", Decimal(rigid))]
    household = files.save_money(household, money, seen=household.version, **shared)
    household = files.save_causes(
        household, cause=cause, more=more, single_parent=alone, seen=household.version, **shared
    )
    particulars = {
        "address": f"示例市{household.organization.name[:3]}示例路 {place + 1} 号",
        "marital": "divorced" if alone else "married",
        "housing": ("rented", "owned", "public_rental")[place % 3],
        "housing_area": Decimal("48.50"),
        "medical_insurance": "employees",
        "migrant": "no",
    }
    herself = {"work": "at_work", "health": "well"}
    files.save_particulars(household, particulars, herself=herself, seen=household.version, **shared)


def _child(household: Household, stage: str, age: int, *, today: date) -> TypedMember:
    born = date(today.year - age, 5, 1 + household.pk % 28)
    school = {"work": "at_school", "health": "well", "school_stage": stage, "school_type": "public"}
    return TypedMember(Relation.CHILD, "示例小雨", born, _number(born, female=True), school)


def _members(household: Household, place: int, alone: bool, *, today: date) -> list[TypedMember]:
    stage, age = ("compulsory", 13) if place % 5 != 1 else _STUDENTS[place % 2]
    child = _child(household, stage, age, today=today)
    if alone:
        return [child]
    born = household.worker.birth_date.replace(day=1) - timedelta(days=700)
    spouse = TypedMember(
        Relation.SPOUSE, "示例建国", born, _number(born, female=False), {"work": "laid_off", "health": "long_term"}
    )
    return [spouse, child]


def _number(born: date, *, female: bool) -> str:
    """An identity number of the invented area that no worker of the demo bears: their orders end before 1000."""
    order = next(_orders) % 150 * 2 + 700 + (0 if female else 1)
    body = f"{INVENTED_AREA}{born:%Y%m%d}{order % 1000:03d}"
    return body + check_character(body)


def answer(application: Application, place: int, *, by, now) -> None:
    """What happened, a few weeks before she applied, and what it cost her."""
    event = ("serious_illness", "accident")[place % 2]
    typed = TypedAnswers(
        event=event,
        event_on=localdate(now) - timedelta(days=20 + place),
        cost=Decimal(14000 + 4000 * (place % 7)),
        told="治疗费用较高，家里一时周转不开。",
    )
    applying.save_answers(application, typed, by=by, now=now, seen=application.version)


def name_student(application: Application, place: int, *, by, now) -> None:
    """The child it is for: the one in her file, or, where there is no file, one that is listed for this alone."""
    household = application.household
    if household.state == FileState.DRAFT:
        stage, age = _STUDENTS[place % 2]
        child = _child(household, stage, age, today=localdate(now))
        household = files.save_members(household, [child], seen=household.version, by=by, now=now)
    student = household.members.get(relation=Relation.CHILD)
    applying.save_answers(application, TypedAnswers(student=student.pk), by=by, now=now, seen=application.version)
