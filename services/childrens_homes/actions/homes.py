"""Writes of homes: opening one in the plan, and the steps of its life."""

from collections.abc import Sequence

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes import errors, policies, workflow
from services.childrens_homes.enums import HomeState
from services.childrens_homes.models import Home, Programme
from services.childrens_homes.registry import obstacles
from services.organizations.models import Organization


@transaction.atomic
def add_homes(programme: Programme, sites: Sequence[dict], *, by=None) -> list[Home]:
    """Give each site of a plan its home and number (``LSZJ-<division of the county>-<nnn>``).

    ``sites``: host, county, site_type, profile and any stated field of ``Home``. Locks the programme, so that two
    plans can't give one number twice.
    """
    programme = Programme.objects.unscoped().select_for_update().get(pk=programme.pk)
    taken = {}
    homes = []
    for site in sites:
        county: Organization = site["county"]
        prefix = f"LSZJ-{county.division_code or county.code}-"
        if prefix not in taken:
            codes = Home.objects.unscoped().filter(code__startswith=prefix).values_list("code", flat=True)
            taken[prefix] = max((int(code.removeprefix(prefix)) for code in codes), default=0)
        taken[prefix] += 1
        homes.append(Home(programme=programme, code=f"{prefix}{taken[prefix]:03d}", **site))
    Home.objects.bulk_create(homes)
    for home in homes:
        log(instance=home, action="childrens_homes.add", user=by)
    return homes


@transaction.atomic
def move_home(home: Home, verb: str, *, by, reason: str = "") -> Home:
    """Take a home one step further in its life: the one writer of its state.

    Locks the home. A step taken already changes nothing. ``by`` is None where an inspection or the demo moves it.
    Raises ``PermissionDenied``, ``NoSuchStep``, ``ReasonMissing``, ``StandsAgainst``.
    """
    home = Home.objects.unscoped().select_for_update(of=("self",)).select_related("host").get(pk=home.pk)
    step = workflow.edge(workflow.HOME, home.state, verb)
    if step is None:
        if any(one.verb == verb and one.target == home.state for one in workflow.HOME):
            return home
        raise errors.NoSuchStep(state=HomeState(home.state).label)
    if by is not None:
        allowed = policies.may_lead(by, home.host) if step.who == workflow.CITY else policies.may_keep(by, home)
        allowed.insist()
    if step.needs_reason and not reason.strip():
        raise errors.ReasonMissing()
    against = [words for ask in obstacles for words in ask(home, verb)]
    if against:
        raise errors.StandsAgainst(why=" ".join(against))
    home.state = step.target
    home.save(update_fields=["state"])
    log(instance=home, action=f"childrens_homes.{verb}", user=by, data={"reason": reason.strip()})
    return home
