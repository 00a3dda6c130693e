"""A union with its officer and the federation officer above her, and the steps they take."""

from datetime import date, timedelta

from django.utils import timezone

from services.coverage.actions import terms
from services.coverage.actions.standings import derive
from services.coverage.enums import Position, UnionPost
from services.coverage.models import Standing, Term
from services.coverage.rules.terms import Named
from services.organizations.actions import sync_groups
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from tests.factories.organizations import AssignmentFactory, UnionFactory

HEAD = Named(Position.CHAIR, "示例主任甲", UnionPost.DEPUTY)
MEMBER = Named(Position.MEMBER, "示例委员甲")


def post(organization: Organization, role: str):
    """Somebody who holds a post there and may enter the desk."""
    user = AssignmentFactory(organization=organization, role=role).user
    sync_groups(user)
    return user


class Office:
    """A city, a county, a union with ``women`` women members; ``officer`` works there, ``above`` at the county."""

    def __init__(self, women: int | None = 30, **details):
        self.city = UnionFactory(kind=Kind.CITY_UNION)
        self.county = UnionFactory(parent=self.city, kind=Kind.COUNTY_UNION)
        self.union = UnionFactory(
            parent=self.county, member_count=200, women_member_count=women, established_on=date(2020, 1, 1), **details
        )
        derive([self.union.pk], cause="test")
        self.officer = post(self.union, Role.GRASSROOTS_OFFICER)
        self.above = post(self.county, Role.FEDERATION_OFFICER)
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    @property
    def standing(self) -> Standing:
        return Standing.objects.unscoped().get(organization=self.union)

    def prepared(self, ago: int = 40, years: int = 5) -> Term:
        return terms.prepare(self.union, on=self.day(ago), years=years, by=self.officer, now=self.now)

    def elected(self, ago: int = 20, seats=(HEAD, MEMBER), **more) -> Term:
        prepared = self.prepared(ago + 20)
        return terms.file_election(prepared, on=self.day(ago), seats=list(seats), by=self.officer, now=self.now, **more)

    def approved(self, ago: int = 10, **more) -> Term:
        return terms.approve(self.elected(ago + 10, **more), on=self.day(ago), by=self.above, now=self.now)
