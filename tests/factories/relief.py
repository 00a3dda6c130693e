"""Standards of relief: the line of 820, the income test, programmes in force with a route and a fund."""

from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone

from services.casework.enums import RouteState, StepKind
from services.casework.models import ReviewRoute, RouteStep
from services.organizations.enums import Kind
from services.payments.enums import FundKind
from services.payments.models import FundSource
from services.relief.enums import ProgrammeKind, VersionState
from services.relief.models import IncomeTest, LivingLine, Programme
from tests.factories.organizations import UnionFactory


class LivingLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LivingLine

    organization = factory.SubFactory(UnionFactory, kind=Kind.CITY_UNION)
    valid_from = date(2020, 1, 1)
    monthly = Decimal(820)
    source = "示例低保标准"


class IncomeTestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IncomeTest

    organization = factory.SubFactory(UnionFactory, kind=Kind.CITY_UNION)
    version = 1
    state = VersionState.ACTIVE
    not_counted = factory.LazyFunction(lambda: ["base_pension", "festival_comfort"])
    source = "示例认定标准"
    in_force_from = factory.LazyFunction(timezone.now)


class FundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FundSource

    organization = factory.SubFactory(UnionFactory, kind=Kind.CITY_UNION)
    code = factory.Sequence(lambda n: f"fund-{n}")
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    name = "示例帮扶资金"
    kind = FundKind.values[0]
    budget = Decimal(1_000_000)


class RouteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewRoute
        skip_postgeneration_save = True

    organization = factory.SubFactory(UnionFactory, kind=Kind.CITY_UNION)
    code = factory.Sequence(lambda n: f"route-{n}")
    service = "relief"
    name = "示例审核流程"
    state = RouteState.ACTIVE

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        for position, kind in enumerate((StepKind.VERIFY, StepKind.APPROVE), start=1):
            RouteStep.objects.create(route=self, position=position, kind=kind, level=Kind.COUNTY_UNION)


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    organization = factory.SubFactory(UnionFactory, kind=Kind.CITY_UNION)
    code = factory.Sequence(lambda n: f"relief-{n}")
    kind = ProgrammeKind.TEMPORARY
    name = "示例临时救助"
    state = VersionState.ACTIVE
    conditions = factory.LazyFunction(lambda: [{"code": "membership"}])
    amount_kind = "fixed"
    amount = factory.LazyFunction(lambda: {"by_category": {"any": "1000"}})
    route_code = "relief"
    source = "示例救助办法"
    in_force_from = factory.LazyFunction(timezone.now)
