"""``InspectionWorld()``: a city with two counties, homes, a rubric in force, officers and inspectors."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from services.childrens_homes.enums import HomeState
from services.home_inspections.actions import county_facts, inspections, rubrics
from services.home_inspections.actions.answers import save_answers
from services.home_inspections.enums import Round
from services.home_inspections.models import CountySheet, Inspection, Rubric
from services.home_inspections.queries.rubrics import asked_of_home, county_criteria, criteria_of, tree_of
from services.home_inspections.rules.merging import Change
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.factories.childrens_homes import HomeFactory, ProgrammeFactory, holder, homes_tree
from tests.midnight import unhurried_now

MARKS = {
    "pass_mark": Decimal(80),
    "fails_below": 50,
    "difference_limit": Decimal(5),
    "rectify_days": 30,
    "source": "示例文件",
}


def officer(organization, role=Role.WF_OFFICER):
    """Somebody who holds a post there and may enter the desk."""
    user = holder(organization, role)
    sync_groups(user)
    return user


def rubric_in_force(city, *, by, criteria=None, **marks) -> Rubric:
    draft = rubrics.begin_draft(city, by=by)
    weights = {code: {"weight": weight} for code, weight in rubrics.even_weights(draft).items()}
    for code, values in (criteria or {}).items():
        weights[code] = weights[code] | values
    rubrics.write_draft(draft, fields=MARKS | marks, criteria=weights, by=by)
    return rubrics.put_in_force(draft, by=by, today=timezone.localdate())


class InspectionWorld:
    """Homes at ``school_a``, ``school_b``, ``nursery`` (county a) and ``school_c`` (county b), equipped."""

    def __init__(self, *, rubric: bool = True, settled: bool = True, criteria=None, **marks):
        self.now = unhurried_now()
        self.today = timezone.localdate(self.now)
        self.tree = homes_tree()
        self.city_officer = officer(self.tree["city"])
        self.other_city_officer = officer(self.tree["city"])
        self.county_officer = officer(self.tree["county_a"])
        self.county_b_officer = officer(self.tree["county_b"])
        self.inspectors = [officer(self.tree["county_a"], Role.HOME_INSPECTOR) for _ in range(2)]
        self.teacher = officer(self.tree["school_a"], Role.HOME_TEACHER)
        self.programme = ProgrammeFactory(city=self.tree["city"], year=self.today.year)
        self.homes = {
            name: HomeFactory(
                host=self.tree[name],
                programme=self.programme,
                state=HomeState.EQUIPPED,
                code=f"LSZJ-{county}-{number:03d}",
            )
            for name, county, number in (
                ("school_a", "990001", 1),
                ("school_b", "990001", 2),
                ("nursery", "990001", 3),
                ("school_c", "990002", 1),
            )
        }
        self.home = self.homes["school_a"]
        self.rubric = (
            rubric_in_force(self.tree["city"], by=self.city_officer, criteria=criteria, **marks) if rubric else None
        )
        if rubric and settled:
            for county, by in (("county_a", self.county_officer), ("county_b", self.county_b_officer)):
                self.settle(self.tree[county], by)

    def settle(self, county, by, share: Decimal = Decimal(1)) -> CountySheet:
        said = {one.code: (half(one.points * share), "") for one in county_criteria(tree_of(self.rubric))}
        sheet = county_facts.score_county(self.rubric, self.programme, county, said, by=by)
        return county_facts.settle_county(sheet, by=self.city_officer, now=self.now)

    def planned(self, home=None, round=Round.COUNTY, inspectors=None, by=None, **more) -> Inspection:
        people = inspectors or self.inspectors
        by = by or (self.city_officer if round == Round.CITY else self.county_officer)
        return inspections.schedule(
            home or self.home, round=round, on=self.today, inspectors=people, by=by, now=self.now, **more
        )

    def in_field(self, **more) -> Inspection:
        one = self.planned(**more)
        return inspections.begin(one, by=one.inspectors.first().user, now=self.now)

    def answered(self, share: Decimal = Decimal(1), points=None, **more) -> Inspection:
        """Every criterion has this share of its points; ``points``: by code, where it is otherwise."""
        one = self.in_field(**more)
        asked = asked_of_home(tree_of(self.rubric), one.home.profile)
        given = {code: half(criterion.points * share) for code, criterion in asked.items()} | (points or {})
        save_answers(
            one, [Change(code, value) for code, value in given.items()], by=one.inspectors.first().user, now=self.now
        )
        return one

    def scored(self, **more) -> Inspection:
        one = self.answered(**more)
        return inspections.finish(one, by=one.inspectors.first().user, now=self.now)

    def signed(self, **more) -> Inspection:
        one = self.scored(**more)
        for person in one.inspectors.all():
            inspections.sign(one, by=person.user, now=self.now)
        return inspections.sign_for_host(
            one, name="示例校长", post="校长", by=one.inspectors.first().user, now=self.now
        )

    def confirmed(self, *, confirm_by=None, **more) -> Inspection:
        one = self.signed(**more)
        by = confirm_by or (self.city_officer if one.round == Round.CITY else self.county_officer)
        return inspections.confirm(one, by=by, now=self.now)

    def all_inspected(self) -> None:
        """Every home by its county: two officers of county b are its inspectors."""
        for name, home in self.homes.items():
            if name == "school_c":
                pair = [officer(self.tree["county_b"], Role.HOME_INSPECTOR) for _ in range(2)]
                self.confirmed(home=home, inspectors=pair, by=self.county_b_officer, confirm_by=self.county_b_officer)
            else:
                self.confirmed(home=home)

    def later(self, **delta):
        return self.now + timedelta(**delta)


def half(number: Decimal) -> Decimal:
    """Down to half points."""
    return Decimal(int(number * 2)) / 2


def weights(rubric: Rubric) -> dict:
    return {code: one.points for code, one in criteria_of(tree_of(rubric)).items()}
