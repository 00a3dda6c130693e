"""Keeping a household's file: members, money, causes, particulars. One household one file, one person one file.

Each save names the version of the file it was typed upon, checks everything at once and changes nothing when
something is wrong. The history names what was changed, never a value.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number
from services.relief import errors, policies, queries
from services.relief.enums import LIVE_FILES, IncomeKind, Relation, SpendingKind, WorkState
from services.relief.models import Household, Member, MoneyLine
from services.relief.rules import causes
from services.relief.rules.plausibility import BOUNDS, Amount, Fault, Person, amount_fault, household_faults
from services.relief.rules.typed import TypedMember, TypedMoney

# What the sealed documents may hold: another key is a mistake of the caller's and is never stored.
OF_A_MEMBER = frozenset({"work", "health", "excused", "school_stage", "school_type"})
OF_A_FILE = frozenset(
    {
        "address",
        "marital",
        "housing",
        "housing_area",
        "medical_insurance",
        "living_allowance",
        "migrant",
        "resident",
    }
)
_MOST_LINES = 40
_MOST_AREA = Decimal(1000)


@transaction.atomic
def save_members(
    household: Household, typed: Sequence[TypedMember], *, alone: bool = False, by, now: datetime, seen: int
) -> Household:
    """Replace everybody but herself. A member who is left out goes, with her lines of money. ``alone``: she says that
    there is nobody else; it stands until the list is saved without it.

    Locks the file. Raises ``FileInvalid`` (all faults at once), ``AnotherFile`` with the row, ``FileChanged`` when
    the file is newer than ``seen``, ``FileClosed``, ``PermissionDenied``.
    """
    household = locked(household, by=by, now=now, seen=seen)
    stored = {member.pk: member for member in household.members.exclude(relation=Relation.SELF)}
    typed = [_with_stored_number(one, stored) for one in typed]
    typed, unreadable = _numbers_read(typed, now=now)
    faults = [*unreadable, *_member_faults(household, typed, now=now)]
    if alone and typed:
        faults.append(Fault("alone_with_others", "members", None, "alone"))
    if faults:
        raise errors.FileInvalid(faults)
    _insist_in_no_other_file(household, [one.id_number for one in typed])
    others = household.members.exclude(relation=Relation.SELF)
    others.exclude(pk__in=[one.key for one in typed if one.key]).delete()
    # Two members whose numbers were swapped must not meet each other on the way.
    others.update(id_index="")
    try:
        with transaction.atomic():
            for place, one in enumerate(typed, 1):
                _store_member(household, stored.get(one.key) or Member(), one, place)
    except IntegrityError:
        contact = queries.contact_of_any([one.id_number for one in typed], household=household)
        raise errors.AnotherFile(contact=contact) from None
    household.particulars = {**household.particulars, "alone": "yes" if alone else ""}
    return saved(household, by=by, now=now, parts=["members"])


def _with_stored_number(one: TypedMember, stored: dict[int, Member]) -> TypedMember:
    if one.key is not None and one.key not in stored:
        raise errors.FileChanged()
    if one.key is None or one.id_number:
        return one
    return replace(one, id_number=stored[one.key].id_number)


def _numbers_read(typed: Sequence[TypedMember], *, now: datetime) -> tuple[list[TypedMember], list[Fault]]:
    """Numbers as the house spells them, and those that can't be right."""
    read, faults = [], []
    for row, one in enumerate(typed):
        try:
            number = _read_number(one.id_number, now=now)
        except InvalidIdentityNumber as error:
            faults.append(Fault(f"number_{error.code}", "members", row, "id_number"))
            number = ""
        read.append(replace(one, id_number=number))
    return read, faults


def _read_number(text: str, *, now: datetime) -> str:
    if not text:
        return ""
    allow = settings.ALLOW_INVENTED_IDENTITIES
    return parse_identity_number(text, today=timezone.localdate(now), allow_invented=allow).number


def _member_faults(household: Household, typed: Sequence[TypedMember], *, now: datetime) -> list[Fault]:
    """What the rules of plausibility say, and what only the list of members itself can say; rows count from 0."""
    her, today = household.worker, timezone.localdate(now)
    persons = [Person(Relation.SELF, her.name, her.birth_date, her.id_index)]
    for one in typed:
        born = parse_identity_number(one.id_number, today=today, allow_invented=True).born if one.id_number else None
        index = Member.index_of(one.id_number)
        persons.append(Person(one.relation, one.name.strip(), one.birth_date, index, born, one.lives_with))
    found = household_faults(persons, [], [], on=today)
    # Herself stands first in the rules' list and not at all in the form's.
    faults = [f if f.index is None else replace(f, index=max(f.index - 1, 0)) for f in found if f.index != 0]
    spouses = [row for row, one in enumerate(typed) if one.relation == Relation.SPOUSE]
    faults += [Fault("second_spouse", "members", row, "relation") for row in spouses[1:]]
    for row, one in enumerate(typed):
        if not one.name.strip():
            faults.append(Fault("no_name", "members", row, "name"))
        if one.particulars.get("work") == WorkState.AT_SCHOOL and not one.particulars.get("school_stage"):
            faults.append(Fault("no_school_stage", "members", row, "school_stage"))
    return faults


def _insist_in_no_other_file(household: Household, numbers: Sequence[str]) -> None:
    """Said before the database says it, so that the refusal can name the row."""
    taken = queries.taken_elsewhere(numbers, household=household)
    for row, number in enumerate(numbers):
        if number and (index := Member.index_of(number)) in taken:
            raise errors.AnotherFile(contact=taken[index], row=row)


def _store_member(household: Household, member: Member, typed: TypedMember, place: int) -> None:
    if unknown := typed.particulars.keys() - OF_A_MEMBER:
        raise TypeError(f"not kept of a member: {sorted(unknown)}")
    member.household, member.position = household, place
    member.relation, member.name, member.birth_date = typed.relation, typed.name.strip(), typed.birth_date
    member.id_number, member.lives_with, member.live = typed.id_number, typed.lives_with, True
    member.particulars = {name: value for name, value in typed.particulars.items() if value}
    member.save()


@transaction.atomic
def save_money(
    household: Household, typed: Sequence[TypedMoney], *, no_income: bool = False, by, now: datetime, seen: int
) -> Household:
    """Replace what comes in and what must go out. ``no_income``: she says that nothing comes in.

    Rows of a fault count within what comes in, or within what goes out. Locks the file. Raises as ``save_members``.
    """
    household = locked(household, by=by, now=now, seen=seen)
    if faults := _money_faults(household, typed, no_income, now=now):
        raise errors.FileInvalid(faults)
    household.money.all().delete()
    MoneyLine.objects.bulk_create(
        MoneyLine(
            household=household,
            incoming=one.incoming,
            kind=one.kind,
            member_id=one.member,
            yearly=format(one.yearly, "f"),
            position=place,
        )
        for place, one in enumerate(typed)
    )
    household.particulars = {**household.particulars, "no_income": no_income}
    return saved(household, by=by, now=now, parts=["money"])


def _money_faults(household: Household, typed: Sequence[TypedMoney], no_income: bool, *, now: datetime) -> list[Fault]:
    members = list(household.members.all())
    place = {member.pk: row for row, member in enumerate(members)}
    persons = [Person(m.relation, m.name, m.birth_date, m.id_index, None, m.lives_with) for m in members]
    coming, going = [one for one in typed if one.incoming], [one for one in typed if not one.incoming]
    amounts = [
        [Amount(one.yearly, None if one.member is None else place.get(one.member, -1)) for one in part]
        for part in (coming, going)
    ]
    found = household_faults(persons, *amounts, on=timezone.localdate(now))
    faults = [fault for fault in found if fault.part in ("incoming", "outgoing")]
    for part, lines, known in (("incoming", coming, IncomeKind.values), ("outgoing", going, SpendingKind.values)):
        faults += [Fault("unknown_kind", part, n, "kind") for n, one in enumerate(lines) if one.kind not in known]
        if len(lines) > _MOST_LINES:
            faults.append(Fault("too_many_lines", part, None, "", (("most", _MOST_LINES),)))
    if no_income and coming:
        faults.append(Fault("income_and_none", "incoming", None, "no_income"))
    return faults


@transaction.atomic
def save_causes(
    household: Household, *, cause: str, more: Sequence[str], single_parent: bool, by, now: datetime, seen: int
) -> Household:
    """Exactly one main cause and up to three more. Locks the file. Raises as ``save_members``."""
    household = locked(household, by=by, now=now, seen=seen)
    found = causes.check(cause, list(more))
    if found:
        raise errors.FileInvalid(
            Fault(one.code, "causes", None, one.figures["field"], tuple(one.figures.items())) for one in found
        )
    household.cause, household.more_causes, household.single_parent = cause, list(more), single_parent
    return saved(household, by=by, now=now, parts=["causes"])


@transaction.atomic
def save_particulars(
    household: Household, values: dict, *, herself: dict | None = None, by, now: datetime, seen: int
) -> Household:
    """Address, marital status, housing, insurance, allowance; ``herself``: her work, health and schooling.

    Locks the file. Raises as ``save_members``; ``TypeError`` for a key that the file doesn't hold.
    """
    if unknown := (values.keys() - OF_A_FILE) | ((herself or {}).keys() - OF_A_MEMBER):
        raise TypeError(f"not kept in a file: {sorted(unknown)}")
    household = locked(household, by=by, now=now, seen=seen)
    faults = [
        Fault(code, "particulars", None, name, (("most", str(most)),))
        for name, most in (("housing_area", _MOST_AREA), ("living_allowance", BOUNDS.line))
        if values.get(name) is not None and (code := amount_fault(values[name], most))
    ]
    if faults:
        raise errors.FileInvalid(faults)
    kept = {name: format(v, "f") if isinstance(v, Decimal) else v for name, v in values.items()}
    household.particulars = {**household.particulars, **kept}
    if herself is not None:
        her = household.members.get(relation=Relation.SELF)
        her.particulars = {name: value for name, value in herself.items() if value}
        her.save()
    return saved(household, by=by, now=now, parts=["particulars"])


def locked(household: Household, *, by, now: datetime, seen: int) -> Household:
    """The file's row, held until the transaction ends; after that, whether she may and saw its newest version.

    Raises ``FileClosed``, ``PermissionDenied``, ``FileChanged``.
    """
    rows = Household.objects.unscoped().select_for_update(no_key=True, of=("self",))
    household = rows.select_related("worker", "organization").get(pk=household.pk)
    if household.state not in LIVE_FILES:
        raise errors.FileClosed()
    policies.may_write_file(by, household, now=now).insist()
    if household.version != seen:
        raise errors.FileChanged()
    return household


def saved(household: Household, *, by, now: datetime, parts: list[str]) -> Household:
    """Store a held file under its next version and say in the history which parts of it were changed."""
    household.version += 1
    household.changed_at = now
    household.save()
    log(instance=household, action="relief.save", user=by, data={"parts": parts})
    return household
