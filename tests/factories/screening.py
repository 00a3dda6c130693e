"""Screening programmes, published and open."""

import factory
from django.utils import timezone

from services.screening.models import Programme, ProgrammeTerms
from tests.factories.bookings import OfferingFactory


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"screening-{n}")
    offering = factory.SubFactory(OfferingFactory)
    organization = factory.SelfAttribute("offering.organization")
    year = 2026
    title = "2026 年女职工免费“两癌”筛查"
    items = factory.LazyFunction(lambda: ["gynaecological", "breast", "tct", "hpv"])


class TermsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeTerms

    programme = factory.SubFactory(ProgrammeFactory)
    version = 1
    age_min = 35
    age_max = 64
    interval_months = 24
    source = "《2026 年筛查方案》第三条"
    published_at = factory.LazyFunction(timezone.now)
