"""``homes_tree()``: a city's women's federation with two counties; ``HomeFactory()``: one home, operating."""

from decimal import Decimal

import factory

from services.childrens_homes.enums import HomeState, Profile, ProgrammeState, SiteType
from services.childrens_homes.models import Home, Programme
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import AssignmentFactory, UnionFactory


def homes_tree() -> dict[str, Organization]:
    """city ─ county_a ─ town_a ─ school_a, school_b, nursery; city ─ county_b ─ town_b ─ school_c."""
    city = UnionFactory(kind=Kind.CITY_WF, code="F", name="示例市妇联", division_code="990000")
    county_a = UnionFactory(parent=city, kind=Kind.COUNTY_WF, code="F-A", name="甲县妇联", division_code="990001")
    town_a = UnionFactory(parent=county_a, kind=Kind.TOWNSHIP_WF, code="F-A-1", name="甲县东河镇妇联")
    school_a = UnionFactory(parent=town_a, kind=Kind.SCHOOL, code="F-A-1-1", name="甲县东河镇中心小学")
    school_b = UnionFactory(parent=town_a, kind=Kind.SCHOOL, code="F-A-1-2", name="甲县东河镇初级中学")
    nursery = UnionFactory(parent=town_a, kind=Kind.KINDERGARTEN, code="F-A-1-3", name="甲县东河镇示例村幼儿园")
    county_b = UnionFactory(parent=city, kind=Kind.COUNTY_WF, code="F-B", name="乙县妇联", division_code="990002")
    town_b = UnionFactory(parent=county_b, kind=Kind.TOWNSHIP_WF, code="F-B-1", name="乙县新桥镇妇联")
    school_c = UnionFactory(parent=town_b, kind=Kind.SCHOOL, code="F-B-1-1", name="乙县新桥镇中心小学")
    return {
        "city": city,
        "county_a": county_a,
        "town_a": town_a,
        "school_a": school_a,
        "school_b": school_b,
        "nursery": nursery,
        "county_b": county_b,
        "town_b": town_b,
        "school_c": school_c,
    }


def holder(organization: Organization, role: Role):
    """A staff member with that post at that place."""
    user = StaffFactory()
    AssignmentFactory(user=user, organization=organization, role=role)
    return user


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    city = factory.LazyFunction(lambda: UnionFactory(kind=Kind.CITY_WF))
    year = 2026
    state = ProgrammeState.ACTIVE
    target = 100
    target_school = 97
    target_preschool = 3
    pass_mark = Decimal(80)
    lead_department = "示例市妇联"


class HomeFactory(factory.django.DjangoModelFactory):
    """``HomeFactory(host=school, programme=…)``; county and profile follow from the host."""

    class Meta:
        model = Home

    programme = factory.SubFactory(ProgrammeFactory)
    host = factory.LazyFunction(lambda: homes_tree()["school_a"])
    county = factory.LazyAttribute(lambda o: o.host.get_ancestors().get(kind=Kind.COUNTY_WF))
    code = factory.Sequence(lambda n: f"LSZJ-990001-{n:03d}")
    site_type = factory.LazyAttribute(
        lambda o: SiteType.KINDERGARTEN if o.host.kind == Kind.KINDERGARTEN else SiteType.PRIMARY_SCHOOL
    )
    profile = factory.LazyAttribute(lambda o: Profile.PRESCHOOL if o.host.kind == Kind.KINDERGARTEN else Profile.SCHOOL)
    state = HomeState.OPERATING
    room_m2 = Decimal("48")
    outdoor_m2 = Decimal("200")
    internet = True
    video_call = True
