"""What cities set, in versions: lines, income tests, programmes. A version in force never changes."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.organizations.models import Organization
from services.relief import errors
from services.relief.enums import ProgrammeKind, VersionState
from services.relief.models import IncomeTest, LivingLine, Programme
from services.relief.policies import may_keep_standards
from services.relief.queries.standards import route_in_force
from services.relief.rules import programmes as rules

TEST_FIELDS = (
    *("relative_multiple", "sudden_multiple", "sudden_cost_share", "not_counted", "exit_months"),
    *("recheck_months", "watch_months", "visit_months", "working_age_from", "working_age_to", "exclusions", "source"),
)
PROGRAMME_FIELDS = (
    *("name", "name_en", "summary", "summary_en", "opens_on", "closes_on", "conditions", "amount_kind", "amount"),
    *("caps", "documents", "once_a_year", "same_cause_once", "fund", "route_code", "source"),
)


@transaction.atomic
def set_line(
    *,
    organization: Organization,
    valid_from: date,
    monthly: Decimal,
    minimum_wage: Decimal | None,
    source: str,
    by,
    today: date,
    line: LivingLine | None = None,
) -> LivingLine:
    """Enter a region's line, yuan a person a month, or correct ``line`` as long as its day hasn't come.

    Raises ``LineCounts``, ``LineTaken``. Lock: the name space of lines.
    """
    may_keep_standards(by, organization).insist()
    hold("relief.lines")
    if line is not None:
        may_keep_standards(by, line.organization).insist()
        line = LivingLine.objects.select_for_update().get(pk=line.pk)
        if line.valid_from <= today:
            raise errors.LineCounts()
    same_day = LivingLine.objects.filter(organization=organization, valid_from=valid_from)
    if same_day.exclude(pk=line.pk if line else None).exists():
        raise errors.LineTaken()
    is_new, line = line is None, line or LivingLine()
    line.organization, line.valid_from, line.source = organization, valid_from, source
    line.monthly, line.minimum_wage = monthly, minimum_wage
    line.save()
    log(line, "wagtail.create" if is_new else "wagtail.edit", user=by)
    return line


@transaction.atomic
def write_test(organization: Organization, *, fields: dict, by) -> IncomeTest:
    """Write the draft of an organisation's test: the one there is, or the next version. Lock: the name space."""
    may_keep_standards(by, organization).insist()
    hold("relief.tests")
    latest = IncomeTest.objects.filter(organization=organization).order_by("-version").first()
    test = latest if latest and latest.state == VersionState.DRAFT else None
    if test is None:
        test = IncomeTest(organization=organization, version=latest.version + 1 if latest else 1)
    for name in TEST_FIELDS:
        if name in fields:
            setattr(test, name, fields[name])
    test.made_by = by
    test.save()
    log(test, "wagtail.edit", user=by)
    return test


@transaction.atomic
def activate_test(test: IncomeTest, *, by, now: datetime) -> IncomeTest:
    """Put a draft in force in place of the version before it. Decided cases keep theirs. Repeating it changes nothing.

    Raises ``NothingToActivate`` for a version that was replaced. Lock: the name space.
    """
    may_keep_standards(by, test.organization).insist()
    hold("relief.tests")
    test = IncomeTest.objects.select_for_update().get(pk=test.pk)
    if test.state == VersionState.ACTIVE:
        return test
    if test.state != VersionState.DRAFT:
        raise errors.NothingToActivate()
    before = IncomeTest.objects.filter(organization=test.organization_id, state=VersionState.ACTIVE)
    before.update(state=VersionState.RETIRED)
    test.state, test.in_force_from = VersionState.ACTIVE, now
    test.save(update_fields=["state", "in_force_from"])
    log(test, "relief.activate", user=by, data={"version": test.version})
    return test


@transaction.atomic
def create_programme(organization: Organization, *, kind: str, fields: dict, by) -> Programme:
    """Version 1 of a new programme, as a draft. Its code follows from the kind and is numbered when taken.

    Lock: the name space of codes.
    """
    may_keep_standards(by, organization).insist()
    hold("relief.programmes")
    programme = Programme(code=_free_code(kind), kind=ProgrammeKind(kind), organization=organization)
    return _written(programme, fields, by)


@transaction.atomic
def write_programme(code: str, *, fields: dict, by) -> Programme:
    """Write the draft of a programme: the one there is, or the next version. Kind, code and keeper stay.

    Lock: the name space of codes.
    """
    hold("relief.programmes")
    latest = Programme.objects.filter(code=code).order_by("-version").first()
    may_keep_standards(by, latest.organization).insist()
    if latest.state == VersionState.DRAFT:
        return _written(latest, fields, by)
    following = Programme(
        code=code, version=latest.version + 1, kind=latest.kind, organization_id=latest.organization_id
    )
    return _written(following, fields, by)


@transaction.atomic
def activate_programme(programme: Programme, *, by, now: datetime) -> Programme:
    """Put a draft in force in place of the version before it: new applications begin under it, running ones keep
    theirs. Repeating it changes nothing. Raises ``ProgrammeUnfit``, ``NothingToActivate``. Lock: the name space."""
    may_keep_standards(by, programme.organization).insist()
    hold("relief.programmes")
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.state == VersionState.ACTIVE:
        return programme
    if programme.state != VersionState.DRAFT:
        raise errors.NothingToActivate()
    if wrong := unfit(programme):
        raise errors.ProgrammeUnfit(wrong)
    Programme.objects.filter(code=programme.code, state=VersionState.ACTIVE).update(state=VersionState.RETIRED)
    programme.state, programme.in_force_from = VersionState.ACTIVE, now
    programme.save(update_fields=["state", "in_force_from"])
    log(programme, "relief.activate", user=by, data={"version": programme.version})
    return programme


@transaction.atomic
def retire_programme(programme: Programme, *, by) -> Programme:
    """Take a programme out of force without another in its place: nobody can begin any more, running applications go
    on. Repeating it changes nothing. Lock: the name space."""
    may_keep_standards(by, programme.organization).insist()
    hold("relief.programmes")
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.state == VersionState.ACTIVE:
        programme.state = VersionState.RETIRED
        programme.save(update_fields=["state"])
        log(programme, "relief.retire", user=by)
    return programme


def unfit(programme: Programme) -> list[tuple[str, str]]:
    """What keeps a version from being put in force, as (field, code)."""
    wrong = rules.faults(programme.kind, programme.conditions, programme.amount_kind, programme.amount)
    if not programme.source:
        wrong.append(("source", "no_source"))
    if not route_in_force(programme.route_code):
        wrong.append(("route_code", "no_route"))
    if programme.kind != ProgrammeKind.FILING and programme.fund_id is None:
        wrong.append(("fund", "no_fund"))
    return wrong


def _written(programme: Programme, fields: dict, by) -> Programme:
    for name in PROGRAMME_FIELDS:
        if name in fields:
            setattr(programme, name, fields[name])
    if programme.kind == ProgrammeKind.FILING:
        programme.fund, programme.amount_kind, programme.amount = None, "", {}
    programme.made_by = by
    programme.save()
    log(programme, "wagtail.edit", user=by)
    return programme


def _free_code(kind: str) -> str:
    stem = kind.replace("_", "-")
    taken = set(Programme.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
