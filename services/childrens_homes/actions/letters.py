"""Letters of responsibility: drafted where the chain reaches, signed from above to below."""

from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes import errors, policies, workflow
from services.childrens_homes.actions.holding import checked, hold, hold_programme, stepped
from services.childrens_homes.models import Letter, Programme
from services.childrens_homes.rules.letters import gap
from services.organizations.enums import Kind
from services.organizations.models import Organization


def _insist_neighbours(programme: Programme, below: Organization) -> Organization:
    """The organisation directly above, which must belong to the programme's city."""
    above = below.get_parent()
    signs = below.kind in (Kind.COUNTY_WF, Kind.TOWNSHIP_WF)
    if above is None or not signs or not above.path.startswith(programme.city.path):
        raise errors.NotBelow()
    return above


@transaction.atomic
def draft_letter(
    programme: Programme, below: Organization, *, chain: str, targets: str, homes: int | None, by
) -> Letter:
    """Between an organisation and the one above it. A letter of a township wants that of its county (V9).

    Raises ``PermissionDenied``, ``NotBelow``, ``ChainHasGap``, ``Invalid``. Lock: the programme.
    """
    above = _insist_neighbours(programme, below)
    policies.may_act_for(by, above).insist()
    hold_programme(programme)
    rows = Letter.objects.unscoped().filter(programme=programme, chain=chain)
    parent = rows.filter(party_b=above).first()
    top = above.path == programme.city.path
    if not top and parent is None:
        raise errors.ChainHasGap()
    letter = checked(
        Letter(
            programme=programme,
            chain=chain,
            party_a=above,
            party_b=below,
            parent=parent,
            targets=targets.strip(),
            homes=homes,
        )
    )
    log(instance=letter, action="childrens_homes.draft_letter", user=by)
    return letter


@transaction.atomic
def move_letter(
    letter: Letter, verb: str, *, by, today: date, signed_on: date | None = None, reason: str = ""
) -> Letter:
    """Sign for one side, or say that it was kept or not. A step taken already changes nothing.

    A letter below another is signed only once that one binds the upper side (V9). Raises ``PermissionDenied``,
    ``NotFromHere``, ``ReasonMissing``, ``ChainHasGap``, ``DayAhead``. Lock: the letter.
    """
    letter = hold(letter, "party_a", "party_b", "parent", "programme__city")
    step = stepped(workflow.LETTER, letter, verb, reason)
    if step is None:
        return letter
    side = letter.party_a if step.who == workflow.PARTY_A else letter.party_b
    policies.may_act_for(by, side).insist()
    if verb in ("sign_a", "sign_b"):
        _sign(letter, verb, signed_on or today, today)
    letter.state, letter.reason = step.target, reason.strip()
    letter.save()
    log(instance=letter, action=f"childrens_homes.letter_{verb}", user=by, data={"reason": letter.reason})
    return letter


def _sign(letter: Letter, verb: str, signed_on: date, today: date) -> None:
    if signed_on > today:
        raise errors.DayAhead(field="signed_on")
    top = letter.party_a.path == letter.programme.city.path
    if gap(letter.parent.state if letter.parent else None, top=top):
        raise errors.ChainHasGap()
    if verb == "sign_a":
        letter.signed_a_on = signed_on
    else:
        letter.signed_b_on = signed_on
