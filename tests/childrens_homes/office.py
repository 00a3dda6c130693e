"""A city with a running programme, its officers, and the steps they take."""

from datetime import date, timedelta
from decimal import Decimal

from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from services.childrens_homes.actions import applications, letters, plans, programmes, volunteers
from services.childrens_homes.enums import Chain, Profile, SiteType
from services.childrens_homes.models import Home, Programme, SiteApplication
from services.organizations.actions import sync_groups
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from tests.factories.childrens_homes import HomeFactory, homes_tree
from tests.factories.organizations import AssignmentFactory
from tests.screening.people import BACKEND

STATED = {
    "lbc_count": 60,
    "lbc_preschool_count": 4,
    "demand_note": "示例需求",
    "capacity_note": "示例能力",
    "room_m2": Decimal("48"),
    "outdoor_m2": Decimal("200"),
}


def post(organization: Organization, role: str = Role.WF_OFFICER):
    """Somebody who holds a post there and may enter the desk."""
    user = AssignmentFactory(organization=organization, role=role).user
    sync_groups(user)
    return user


def client_of(user, language: str = "") -> Client:
    client = Client()
    if language:
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client.force_login(user, backend=BACKEND)
    return client


class Office:
    """``city``, ``chair`` (of the city too), ``county``, ``town`` are officers, ``teacher`` works at ``school_a``; two
    homes are to be built."""

    def __init__(self, school: int = 1, preschool: int = 1):
        self.tree = homes_tree()
        self.chair = post(self.tree["city"])
        self.city, self.county = post(self.tree["city"]), post(self.tree["county_a"])
        self.town, self.teacher = post(self.tree["town_a"]), post(self.tree["school_a"], Role.HOME_TEACHER)
        self.other = post(self.tree["county_b"])
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.programme = self.running(school, preschool)

    def running(self, school: int, preschool: int, year: int | None = None) -> Programme:
        numbers = {
            "year": year or self.today.year,
            "target": school + preschool,
            "target_school": school,
            "target_preschool": preschool,
            "pass_mark": Decimal(80),
            "lead_department": "示例市妇联",
            "phrase": "示例原文",
        }
        programme = programmes.set_up(self.tree["city"], by=self.city, **numbers)
        return programmes.activate(programme, by=self.city)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def application(self, host: str = "school_a", *, by=None, **more) -> SiteApplication:
        small = self.tree[host].kind == Kind.KINDERGARTEN
        stated = STATED | {
            "site_type": SiteType.KINDERGARTEN if small else SiteType.PRIMARY_SCHOOL,
            "profile": Profile.PRESCHOOL if small else Profile.SCHOOL,
        }
        return applications.draft_application(self.programme, self.tree[host], by=by or self.county, **(stated | more))

    def moved(self, application, *verbs, reason: str = ""):
        who = {"submit": self.county, "check": self.county}
        for verb in verbs:
            application = applications.move_application(
                application, verb, by=who.get(verb, self.city), now=self.now, reason=reason
            )
        return application

    def under_review(self, host: str = "school_a") -> SiteApplication:
        return self.moved(self.application(host), "submit", "check", "take_up")

    def consulted(self, *hosts: str):
        """A plan with these sites, both departments having agreed."""
        found = [self.under_review(host) for host in hosts]
        plan = plans.draft_plan(self.programme, by=self.city)
        plans.add_lines(plan, found, by=self.city)
        plan = plans.move_plan(plan, "consult", by=self.city, now=self.now)
        for department in ("education", "finance"):
            plans.record_opinion(plan, department=department, agrees=True, words="", given_on=self.today, by=self.city)
        return plan

    def published(self, *hosts: str):
        plan = plans.move_plan(self.consulted(*hosts), "approve", by=self.chair, now=self.now)
        return plans.move_plan(plan, "publish", by=self.city, now=self.now)

    def home(self, host: str = "school_a", **more):
        more.setdefault("code", f"LSZJ-990001-{500 + Home.objects.unscoped().count()}")
        return HomeFactory(programme=self.programme, host=self.tree[host], **more)

    def letter(self, place: str, chain: str = Chain.GOVERNMENT, *verbs):
        made = letters.draft_letter(
            self.programme, self.tree[place], chain=chain, targets="示例目标", homes=1, by=self.city
        )
        for verb in verbs:
            made = letters.move_letter(made, verb, by=self.city, today=self.today)
        return made

    def volunteer(self, place: str = "county_a", *, checked_ago: int | None = 30, result: str = "cleared"):
        one = volunteers.add_volunteer(self.tree[place], person_name="示例志愿者甲", kind="youth", by=self.city)
        if checked_ago is not None:
            volunteers.record_vetting(
                one,
                result=result,
                document_number="示例字1号",
                checked_on=self.day(checked_ago),
                by=self.city,
                today=self.today,
            )
        return one
