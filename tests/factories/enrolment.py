"""A unit that joins: a scheme of the city, an officer who prepares, two who decide, women on the roster, papers."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from django.utils import timezone
from PIL import Image

from services.mutual_aid.actions import batch_decisions, batch_papers, enrolling
from services.mutual_aid.enums import BatchKind, PaperKind
from services.mutual_aid.models import EnrolmentBatch, SchemeTerms
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.workers.models import Worker
from tests.factories.mutual_aid import scheme_in_force
from tests.factories.organizations import UnionFactory
from tests.factories.workers import WorkerFactory
from tests.midnight import unhurried_now
from tests.mutual_aid.whole import WHOLE
from tests.screening.people import post


def photo(shade: int = 200) -> io.BytesIO:
    """A slip of paper, photographed; another shade is another file."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 60), (shade, shade, shade)).save(stream, "JPEG")
    stream.seek(0)
    return stream


@dataclass
class Unit:
    """One unit below a city, with everybody who has a part in its joining."""

    terms_say: dict = field(default_factory=dict)
    city: Organization | None = None
    version: SchemeTerms | None = None

    def __post_init__(self):
        self.city = self.city or UnionFactory(kind=Kind.CITY_UNION)
        self.organization = UnionFactory(parent=self.city)
        self.version = self.version or scheme_in_force(self.city, WHOLE.with_(**self.terms_say))
        self.now = unhurried_now()

    @property
    def today(self):
        return timezone.localdate(self.now)

    @cached_property
    def officer(self):
        return post(self.organization, Role.GRASSROOTS_OFFICER)

    @cached_property
    def decider(self):
        return post(self.city, Role.FEDERATION_OFFICER)

    def women(self, count: int, **facts) -> list[Worker]:
        return [WorkerFactory(organization=self.organization, **facts) for _ in range(count)]

    def begun(self, women=(), *, kind=BatchKind.NEW, shares: int = 1) -> EnrolmentBatch:
        batch = enrolling.begin_batch(
            self.version, organization=self.organization, kind=kind, by=self.officer, now=self.now
        )
        if women:
            enrolling.put_women(batch, women=women, shares=shares, by=self.officer, now=self.now)
        return batch

    def with_papers(self, batch: EnrolmentBatch, *, headcount: int | None = None, paid=None) -> EnrolmentBatch:
        """Headcount, day of the payment, and both papers."""
        batch.refresh_from_db()
        kind = PaperKind.CHANGES if batch.kind == BatchKind.ADDITION else PaperKind.HEADCOUNT
        batch_papers.add_paper(batch, kind=kind, upload=photo(10), name="a.jpg", by=self.officer, now=self.now)
        enrolling.state_headcount(
            batch,
            women=batch.persons if headcount is None else headcount,
            staff=None,
            on=self.today,
            by=self.officer,
            now=self.now,
        )
        batch_papers.add_paper(
            batch, kind=PaperKind.VOUCHER, upload=photo(90), name="b.jpg", by=self.officer, now=self.now
        )
        return enrolling.state_payment(
            batch, paid_on=paid or self.today, unified_from=None, by=self.officer, now=self.now
        )

    def handed_in(self, women, **more) -> EnrolmentBatch:
        kind, shares = more.pop("kind", BatchKind.NEW), more.pop("shares", 1)
        batch = self.with_papers(self.begun(women, kind=kind, shares=shares), **more)
        return batch_decisions.hand_in(batch, healthy=True, by=self.officer, now=self.now)

    def covered(self, women, **more) -> EnrolmentBatch:
        return batch_decisions.approve_batch(self.handed_in(women, **more), by=self.decider, now=self.now)

    def later(self, days: int) -> "Unit":
        """The same unit so many days later."""
        self.now += timedelta(days=days)
        return self
