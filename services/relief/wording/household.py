"""Her household in words for her own pages: numbers masked, sums in clear, for she typed them herself."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from services.relief.enums import Health, IncomeKind, Relation, SchoolStage, SpendingKind, WorkState
from services.relief.models import Member, MoneyLine
from services.relief.rules.plausibility import Fault
from services.relief.wording import faults
from services.relief.wording.pieces import yuan


def fault(found: Fault) -> str:
    return faults.fault(found)


def person(member: Member) -> str:
    """Relation, work, health and school in one line."""
    codes = member.particulars
    said = [
        dict(WorkState.choices).get(codes.get("work"), ""),
        dict(Health.choices).get(codes.get("health"), ""),
        dict(SchoolStage.choices).get(codes.get("school_stage"), ""),
        "" if member.lives_with else _("Lives elsewhere"),
    ]
    return " · ".join(str(one) for one in said if one)


def line(one: MoneyLine) -> tuple[str, str, str]:
    """What, whose, how much a year."""
    kinds = dict(IncomeKind.choices if one.incoming else SpendingKind.choices)
    return str(kinds.get(one.kind, one.kind)), whose(one.member), a_year(one.yearly)


def whose(member: Member | None) -> str:
    if member is None:
        return _("The whole household")
    if member.relation == Relation.SELF:
        return _("Me")
    return f"{member.get_relation_display()} {member.masked_name}"


def a_year(text: str) -> str:
    return _("%(sum)s yuan a year") % {"sum": yuan(f"{Decimal(text):.2f}")}


def total(lines: Iterable[MoneyLine]) -> str:
    return a_year(str(sum((Decimal(one.yearly) for one in lines), Decimal(0))))
