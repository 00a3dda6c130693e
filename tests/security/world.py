"""One organisation's records, and everybody who might try to reach them.

Everything under test belongs to ``town_a``. A staff member of each role stands at that organisation (``own``), at the
one above (``parent``), at the top of the tree (``top``), at one below (``child``), at its neighbour (``sibling``) and
in another county (``foreign``).
"""

from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone

from services.accounts.models import User
from services.bookings.enums import BookingState, OfferingState, WaitingState
from services.bookings.models import Allocation, Booking, Session, VenueOperator, WaitingEntry
from services.exchange.enums import JobState
from services.exchange.models import Job
from services.messaging.models import Message, MessageTemplate
from services.organizations.actions import assign_staff
from services.organizations.enums import Kind, Role
from services.privacy.models import Notice
from services.workers.models import RecordClaim
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.bookings import offering_with_places
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.screening import ProgrammeFactory, TermsFactory
from tests.factories.workers import WorkerFactory

POSITIONS = ("own", "parent", "top", "child", "sibling", "foreign")
ANONYMOUS, OWNER, OTHER_WORKER, SUPERUSER = "anonymous", "owner", "other worker", "superuser"
LONG_AGO = date(2020, 1, 1)


def staff_name(role: str, position: str) -> str:
    return f"{role} {position}"


def build() -> dict:
    """Everything an address can name, and ``people``: who asks, by persona (None: nobody signed in)."""
    tree = small_tree()
    town = tree["town_a"]
    places = {
        "own": town,
        "parent": tree["county_a"],
        "top": tree["city"],
        "child": tree["unit_a"],
        "sibling": UnionFactory(parent=tree["county_a"], kind=Kind.TOWNSHIP_UNION, code="T-A-2"),
        "foreign": tree["county_b"],
    }
    people = {ANONYMOUS: None, OWNER: WorkerUserFactory(), OTHER_WORKER: WorkerUserFactory()}
    people[SUPERUSER] = StaffFactory(is_superuser=True, password_changed_at=timezone.now())
    for role in Role.values:
        for position, organization in places.items():
            person = StaffFactory(password_changed_at=timezone.now())
            assign_staff(person, organization=organization, role=role, by=None, valid_from=LONG_AGO)
            people[staff_name(role, position)] = User.objects.get(pk=person.pk)
    for organization in places.values():
        organization.refresh_from_db()
    return {"people": people, "organization": town, **_records(town, people)}


def _records(town, people: dict) -> dict:
    worker = WorkerFactory(organization=town, user=people[OWNER])
    elsewhere = UnionFactory(kind=Kind.CITY_UNION)
    WorkerFactory(organization=elsewhere, user=people[OTHER_WORKER])
    offering, session, allocation = offering_with_places(town)
    draft, _, _ = offering_with_places(town, state=OfferingState.DRAFT)
    programme = ProgrammeFactory(offering=offering, organization=town, code="hers")
    unopened = ProgrammeFactory(offering=draft, organization=town, code="not-yet")
    TermsFactory(programme=programme)
    now = timezone.now()
    # As the actions leave it: her one place counts for the session and for the allocation.
    Session.objects.filter(pk=session.pk).update(taken=1)
    Allocation.objects.unscoped().filter(pk=allocation.pk).update(used=1)
    for counted in (session, allocation):
        counted.refresh_from_db()
    common = {"offering": offering, "worker": worker, "created_at": now}
    return {
        "worker": worker,
        "programme": programme,
        "unopened": unopened,
        "session": session,
        "booking": Booking.objects.create(
            **common, session=session, allocation=allocation, state=BookingState.CONFIRMED, changed_at=now
        ),
        "waiting": WaitingEntry.objects.create(
            offering=draft, worker=worker, state=WaitingState.WAITING, created_at=now, changed_at=now
        ),
        "claim": RecordClaim.objects.create(user=WorkerUserFactory(), organization=town, stated_name="示例丙"),
        "operator": VenueOperator.objects.create(
            venue=session.venue, user=people[staff_name(Role.CLINIC_OPERATOR, "own")]
        ),
        "clerk": people[staff_name(Role.GRASSROOTS_OFFICER, "own")],
        "job": Job.objects.create(
            spec="workers",
            organization=town,
            owner=people[staff_name(Role.GRASSROOTS_OFFICER, "own")],
            state=JobState.CLEAN,
            result=ContentFile(b"rows", name="returned.xlsx"),
        ),
        "text": MessageTemplate.objects.first(),
        "notice": Notice.objects.first(),
        "message": Message.objects.create(
            recipient=people[OWNER],
            key="record_claim_confirmed",
            channel="in_site",
            subject="示例",
            body="示例",
            dedupe_key="示例",
        ),
        "post": town.assignments.get(role=Role.GRASSROOTS_OFFICER),
    }
