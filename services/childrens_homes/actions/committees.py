"""Leading groups and committees: formed with the posts that the plan names, dissolved."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from services.childrens_homes import errors, policies
from services.childrens_homes.actions.holding import changed, checked, hold
from services.childrens_homes.enums import CommitteeKind, CommitteePosition, Post, SiteType
from services.childrens_homes.models import Committee, CommitteeMember, Home
from services.childrens_homes.rules.committees import missing_seats
from services.organizations.models import Organization

# (position, post, name)
Member = tuple[str, str, str]


def posts_said(posts: Sequence[str], *, last: str = "") -> str:
    """Posts in words; ``last`` joins them where one of them will do."""
    return (last or _(", ")).join(str(Post(one).label) for one in posts)


def _insist_home_seats(home: Home, members: Sequence[Member]) -> None:
    """V3: who heads it and who are its deputies, by profile."""
    at_school = home.site_type == SiteType.VILLAGE_PRIMARY
    missing = missing_seats(home.profile, [one[:2] for one in members], at_school=at_school)
    if missing:
        parts = []
        if missing.heads:
            parts.append(_("as head: %(posts)s") % {"posts": posts_said(missing.heads, last=_(" or "))})
        if missing.deputies:
            parts.append(_("as deputy head: %(posts)s") % {"posts": posts_said(missing.deputies)})
        raise errors.CommitteeIncomplete(missing=_("; ").join(parts))


def _insist_county_head(kind: str, members: Sequence[Member]) -> None:
    """A1.25: a deputy head of party committee or government chairs the county's leading group for building."""
    heads = {post for position, post, _name in members if position == CommitteePosition.CHAIR}
    if kind == CommitteeKind.COUNTY_CONSTRUCTION_LG and Post.PARTY_GOVERNMENT_DEPUTY not in heads:
        said = posts_said([Post.PARTY_GOVERNMENT_DEPUTY])
        raise errors.CommitteeIncomplete(missing=_("as head: %(posts)s") % {"posts": said})


def _form(committee: Committee, members: Sequence[Member], *, by) -> Committee:
    committee = checked(committee)
    for position, post, name in members:
        checked(CommitteeMember(committee=committee, position=position, post=post, person_name=name))
    log(instance=committee.home or committee, action="childrens_homes.form_committee", user=by)
    return committee


@transaction.atomic
def form_home_committee(
    home: Home, *, members: Sequence[Member], formed_on: date, doc_no: str, by, today: date
) -> Committee:
    """The home's own. An earlier one ends with it, so that there is one at a time (V2).

    Raises ``PermissionDenied``, ``CommitteeIncomplete`` (V3), ``DayAhead``, ``Invalid``. Lock: the home.
    """
    home = hold(home, "host")
    policies.may_run(by, home).insist()
    if formed_on > today:
        raise errors.DayAhead(field="formed_on")
    _insist_home_seats(home, members)
    standing = Committee.objects.unscoped().filter(home=home, dissolved_on__isnull=True).first()
    if standing:
        changed(standing, {"dissolved_on": formed_on})
    new = Committee(
        kind=CommitteeKind.HOME_COMMITTEE, organization=home.host, home=home, doc_no=doc_no, formed_on=formed_on
    )
    return _form(new, members, by=by)


@transaction.atomic
def form_leading_group(
    organization: Organization, *, kind: str, members: Sequence[Member], formed_on: date, doc_no: str, by, today: date
) -> Committee:
    """Of a city or county. Raises as ``form_home_committee``. Lock: the organisation."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    policies.may_act_for(by, organization).insist()
    if formed_on > today:
        raise errors.DayAhead(field="formed_on")
    _insist_county_head(kind, members)
    rows = Committee.objects.unscoped().filter(organization=organization, kind=kind, home__isnull=True)
    standing = rows.filter(dissolved_on__isnull=True).first()
    if standing:
        changed(standing, {"dissolved_on": formed_on})
    return _form(Committee(kind=kind, organization=organization, doc_no=doc_no, formed_on=formed_on), members, by=by)
