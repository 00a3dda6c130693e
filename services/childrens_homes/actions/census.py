"""A county's census of left-behind children."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from services.childrens_homes import errors, policies
from services.childrens_homes.actions.holding import checked, hold_programme
from services.childrens_homes.models import Census, CensusDefinition, CensusLine, Programme
from services.childrens_homes.rules.census import faults
from services.organizations.models import Organization

AGES, PARENTS = ("under_6", "from_6", "from_12"), ("both_away", "one_away")
COUNTED = ("boys", "girls", *AGES, *PARENTS)


@transaction.atomic
def record_census(
    programme: Programme,
    county: Organization,
    *,
    definition: CensusDefinition,
    as_of: date,
    lines: Mapping[Organization, Mapping[str, int]],
    by,
    today: date,
) -> Census:
    """``lines``: township → its numbers. The same children three times must be as many each time.

    Raises ``PermissionDenied``, ``CensusEmpty``, ``CensusFaulty``, ``DayAhead``, ``Invalid``. Lock: the programme.
    """
    policies.may_act_for(by, county).insist()
    if as_of > today:
        raise errors.DayAhead(field="as_of")
    if not lines:
        raise errors.CensusEmpty()
    hold_programme(programme)
    for township, numbers in lines.items():
        wrong = faults(
            boys=numbers["boys"],
            girls=numbers["girls"],
            ages=[numbers[name] for name in AGES],
            parents=[numbers[name] for name in PARENTS],
        )
        if wrong:
            raise errors.CensusFaulty(place=township.name, by=_("age") if wrong[0] == "ages" else _("parents away"))
    census = checked(Census(programme=programme, county=county, definition=definition, as_of=as_of, recorded_by=by))
    CensusLine.objects.bulk_create(
        CensusLine(census=census, township=township, **numbers) for township, numbers in lines.items()
    )
    log(instance=census, action="childrens_homes.record_census", user=by)
    return census
