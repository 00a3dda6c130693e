"""Women workers' organisations of unions: ``set_up(union)`` makes one that is in office, with its head."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from services.coverage.actions.standings import derive
from services.coverage.enums import Form, Position, TermState, UnionPost
from services.coverage.models import Requirements, Seat, Standing, Term, WomenCommittee
from services.foundation.months import add_months
from services.organizations.models import Organization
from tests.factories.organizations import UnionFactory


class RequirementsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Requirements

    organization = factory.SubFactory(UnionFactory)
    valid_from = date(2020, 1, 1)
    source = "示例市总工会规定"


class CommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WomenCommittee

    organization = factory.SubFactory(UnionFactory)
    form = Form.COMMITTEE
    elected_on = factory.LazyAttribute(lambda c: c.approved_on and c.approved_on - timedelta(days=10))
    prepared_on = factory.LazyAttribute(lambda c: c.elected_on and c.elected_on - timedelta(days=20))
    approved_on = None


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Term

    committee = factory.SubFactory(CommitteeFactory)
    number = factory.Sequence(lambda n: n + 1)
    form = factory.SelfAttribute("committee.form")
    state = TermState.IN_OFFICE


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    term = factory.SubFactory(TermFactory)
    position = Position.MEMBER
    name = factory.Sequence(lambda n: f"示例委员{n}")


def set_up(
    union: Organization, *, on: date | None = None, years: int = 5, union_post: str = UnionPost.DEPUTY, **committee
) -> Term:
    """A committee in office since ``on`` (a year ago), for ``years``, with a head; its standing derived."""
    on = on or timezone.localdate() - timedelta(days=365)
    made = CommitteeFactory(organization=union, approved_on=on, **committee)
    term = TermFactory(
        committee=made,
        number=1,
        prepared_on=made.prepared_on,
        elected_on=made.elected_on,
        approved_on=on,
        years=years,
        ends_on=add_months(made.elected_on, 12 * years) - timedelta(days=1),
    )
    SeatFactory(term=term, position=Position.CHAIR, name=f"示例主任{union.pk}", union_post=union_post, from_on=on)
    standing_of(union)
    return term


def standing_of(union: Organization) -> Standing:
    """The standing as it follows now from whatever a test has put there."""
    derive([union.pk], cause="created")
    return Standing.objects.unscoped().get(organization=union)
