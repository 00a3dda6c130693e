"""Something to book. ``offering_with_places`` makes an open offering with one session and a root allocation."""

from datetime import timedelta

import factory
from django.utils import timezone

from services.bookings.actions.pools import general_pool
from services.bookings.enums import EntryKind, OfferingState
from services.bookings.models import Allocation, AllocationEntry, Offering, Pool, Provider, Session, Venue
from tests.factories.organizations import UnionFactory


class ProviderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Provider

    organization = factory.SubFactory(UnionFactory)
    name = factory.Sequence(lambda n: f"示例市第{n}妇幼保健院")


class VenueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Venue

    organization = factory.SubFactory(UnionFactory)
    provider = factory.SubFactory(ProviderFactory, organization=factory.SelfAttribute("..organization"))
    name = factory.Sequence(lambda n: f"体检中心{n}")
    address = "示例路1号"


class OfferingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Offering

    organization = factory.SubFactory(UnionFactory)
    title = "女职工免费体检"
    state = OfferingState.OPEN
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=60))


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    offering = factory.SubFactory(OfferingFactory)
    venue = factory.SubFactory(VenueFactory, organization=factory.SelfAttribute("..offering.organization"))
    starts_at = factory.Sequence(
        lambda n: (timezone.now() + timedelta(days=7 + n % 30)).replace(hour=1, minute=0, second=0, microsecond=n % 999)
    )
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=3))
    capacity = 10


class PoolFactory(factory.django.DjangoModelFactory):
    """A pool beside the general one."""

    class Meta:
        model = Pool

    offering = factory.SubFactory(OfferingFactory)
    name = factory.Sequence(lambda n: f"名额池{n}")


class AllocationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Allocation

    offering = factory.SubFactory(OfferingFactory)
    pool = factory.LazyAttribute(lambda row: general_pool(row.offering))
    organization = factory.SelfAttribute("offering.organization")
    slots = 100


def opened(allocation: Allocation) -> Allocation:
    """The line of the ledger by which the places of a row at the top came into being."""
    if allocation.slots:
        AllocationEntry.objects.create(
            allocation=allocation,
            kind=EntryKind.OPENED,
            change=allocation.slots,
            slots_after=allocation.slots,
            passed_down_after=0,
        )
    return allocation


def offering_with_places(organization, *, capacity: int = 10, slots: int = 100, **kwargs):
    """An open offering of ``organization``: returns (offering, session, root allocation)."""
    offering = OfferingFactory(organization=organization, **kwargs)
    session = SessionFactory(offering=offering, capacity=capacity)
    allocation = AllocationFactory(offering=offering, organization=organization, slots=slots)
    opened(allocation)
    return offering, session, allocation
