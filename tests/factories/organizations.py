"""A tree to stand in: ``UnionFactory(parent=…)``; ``small_tree()`` makes a city, two counties and their unions."""

from datetime import date

import factory

from services.organizations.enums import Kind, Role
from services.organizations.models import Organization, StaffAssignment
from tests.factories.accounts import StaffFactory


class UnionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization

    code = factory.Sequence(lambda n: f"U{n:05d}")
    name = factory.Sequence(lambda n: f"示例第{n}工会")
    kind = Kind.GRASSROOTS_UNION
    branch = factory.LazyAttribute(lambda o: Kind(o.kind).branch)

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):
        if parent is None:
            return model_class.add_root(**kwargs)
        parent.refresh_from_db()
        return parent.add_child(**kwargs)


def small_tree() -> dict[str, Organization]:
    """city ─ county_a ─ town_a ─ unit_a, unit_b; city ─ county_b ─ unit_c."""
    city = UnionFactory(kind=Kind.CITY_UNION, code="T", name="示例市总工会")
    county_a = UnionFactory(parent=city, kind=Kind.COUNTY_UNION, code="T-A", name="甲县总工会")
    town_a = UnionFactory(parent=county_a, kind=Kind.TOWNSHIP_UNION, code="T-A-1", name="甲县东河镇总工会")
    unit_a = UnionFactory(parent=town_a, code="T-A-1-1", name="甲县东河镇第1中学工会")
    unit_b = UnionFactory(parent=town_a, code="T-A-1-2", name="甲县东河镇第2环卫所工会")
    county_b = UnionFactory(parent=city, kind=Kind.COUNTY_UNION, code="T-B", name="乙县总工会")
    unit_c = UnionFactory(parent=county_b, code="T-B-1", name="乙县第1纺织厂工会")
    return {
        "city": city,
        "county_a": county_a,
        "town_a": town_a,
        "unit_a": unit_a,
        "unit_b": unit_b,
        "county_b": county_b,
        "unit_c": unit_c,
    }


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StaffAssignment

    user = factory.SubFactory(StaffFactory)
    organization = factory.SubFactory(UnionFactory)
    role = Role.GRASSROOTS_OFFICER
    valid_from = date(2020, 1, 1)
