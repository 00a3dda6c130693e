"""What was done of a milestone, by whom, with which evidence."""

from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes import errors, policies
from services.childrens_homes.actions.holding import changed, checked, hold_programme
from services.childrens_homes.enums import Level
from services.childrens_homes.models import Milestone, MilestoneDone
from services.organizations.models import Organization


@transaction.atomic
def record_done(
    milestone: Milestone, organization: Organization, *, done_on: date, evidence: str, by, today: date
) -> MilestoneDone:
    """The city's part or that of a county; a later word takes the place of an earlier one.

    Raises ``PermissionDenied``, ``NotBelow`` (nothing of this milestone is hers), ``DayAhead``, ``Invalid``.
    Lock: the programme.
    """
    policies.may_act_for(by, organization).insist()
    hold_programme(milestone.programme)
    depths = {Level.CITY: (1,), Level.COUNTY: (2,), Level.BOTH: (1, 2)}
    of_it = organization.path.startswith(milestone.programme.city.path)
    if organization.depth not in depths[milestone.owner] or not of_it:
        raise errors.NotBelow()
    if done_on > today:
        raise errors.DayAhead(field="done_on")
    said = {"done_on": done_on, "evidence": evidence.strip(), "recorded_by": by}
    there = MilestoneDone.objects.unscoped().filter(milestone=milestone, organization=organization).first()
    if there:
        done = changed(there, said)
    else:
        done = checked(MilestoneDone(milestone=milestone, organization=organization, **said))
    log(
        instance=milestone.programme,
        action="childrens_homes.milestone_done",
        user=by,
        data={"what": milestone.code, "where": organization.code},
    )
    return done
