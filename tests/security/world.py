"""One organisation's records, and everybody who might try to reach them.

Everything under test belongs to ``town_a``. A staff member of each role stands at that organisation (``own``), at the
one above (``parent``), at the top of the tree (``top``), at one below (``child``), at its neighbour (``sibling``) and
in another county (``foreign``).
"""

import json
from datetime import date, timedelta
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone

from services.accounts.models import User
from services.bookings.enums import BookingState, DrawState, OfferingState, WaitingState
from services.bookings.models import Allocation, Booking, Draw, Session, VenueOperator, WaitingEntry
from services.exchange.enums import ExportState, JobState
from services.exchange.models import Export, Job
from services.messaging.models import Message, MessageTemplate
from services.organizations.actions import assign_staff
from services.organizations.enums import Kind, Role
from services.outreach.models import Announcement
from services.outreach.notifications import leave_token
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.models import Notice
from services.privacy.queries import current_notice
from services.screening.enums import RowPlan
from services.screening.models import Enrolment, EnrolmentRow, FollowUp, Result, ResultVersion
from services.workers.models import RecordClaim
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.bookings import offering_with_places
from tests.factories.notices import case_with_notice, line_on, objection_to, standing_notice
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.pages import article
from tests.factories.relief import IncomeTestFactory, LivingLineFactory
from tests.factories.relief import ProgrammeFactory as ReliefProgrammeFactory
from tests.factories.screening import ProgrammeFactory, TermsFactory
from tests.factories.workers import WorkerFactory
from tests.security import casework_world, joining_world, payments_world
from tests.security.child_files_world import child_files_records
from tests.security.claims_world import claim_records
from tests.security.coverage_world import coverage_records
from tests.security.equipment_world import equipment_records
from tests.security.homes_world import home_records
from tests.security.inspections_world import inspection_records
from tests.security.monitoring_world import monitoring_records
from tests.security.mutual_aid_world import mutual_aid_records
from tests.security.pages_world import page_records
from tests.security.publishing_world import publishing_records
from tests.security.relief_file_world import her_relief_records, relief_records
from tests.security.returns_world import returns_records
from tests.security.signups_world import signups_records

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
    publishing = publishing_records(town)
    for name, person in people.items():
        people[name] = person and User.objects.get(pk=person.pk)
    records = _records(town, people)
    return {
        **publishing,
        "people": people,
        "organization": town,
        **records,
        **signups_records(town, records["worker"]),
        **_standards(town),
        **relief_records(town),
        **mutual_aid_records(town),
        **her_relief_records(tree["city"], town, people[OWNER]),
        **claim_records(tree["city"], town, people[OWNER]),
        **coverage_records(town, tree["unit_a"]),
        **returns_records(tree["city"], town),
        **home_records(tree["city"], tree["county_a"], town, tree["unit_a"]),
        **equipment_records(tree["city"], tree["county_a"], tree["unit_a"]),
        **inspection_records(tree["city"], tree["county_a"], town),
        **_announced(town, people),
        **monitoring_records(tree["city"], town, people),
        **child_files_records(tree["city"], tree["county_a"], tree["unit_a"], people),
        **page_records(),
    }


def _standards(town) -> dict:
    """What the town sets for relief: a line that hasn't begun, a draft of the test, a programme in force."""
    later = timezone.localdate() + timedelta(days=30)
    return {
        "living_line": LivingLineFactory(organization=town, valid_from=later),
        "income_test": IncomeTestFactory(organization=town, state="draft", in_force_from=None),
        "relief_programme": ReliefProgrammeFactory(organization=town, code="towns-own"),
    }


def _announced(town, people: dict) -> dict:
    """A page that women of the town will be told of, and the way out for her."""
    page = article("示例资讯")
    announcement = Announcement.objects.create(
        page=page.pk,
        title=page.title,
        organization=town,
        made_by=people[staff_name(Role.FEDERATION_OFFICER, "own")],
        made_at=timezone.now(),
    )
    return {"page": page, "announcement": announcement, "leave": SimpleNamespace(token=leave_token(people[OWNER]))}


def _draw(offering, now) -> Draw:
    """A draw that was held, with nobody on its list."""
    return Draw.objects.create(
        offering=offering,
        number=1,
        state=DrawState.DONE,
        source="公开数字",
        where="公告栏",
        number_on=now.date(),
        digits=6,
        freezes_at=now,
        announced_at=now,
        frozen_at=now,
        frozen_text="",
        frozen_digest="0" * 64,
        entries_count=0,
        public_number="000000",
        numbered_at=now,
    )


def _enrolment(programme, town, people: dict, now) -> Enrolment:
    """A group of a woman who fits, previewed by the town's own officer."""
    enrolment = Enrolment.objects.create(
        programme=programme,
        organization=town,
        created_by=people[staff_name(Role.GRASSROOTS_OFFICER, "own")],
        created_at=now,
        planned_at=now,
    )
    EnrolmentRow.objects.create(
        enrolment=enrolment, position=1, worker=WorkerFactory(organization=town), plan=RowPlan.UNKNOWN
    )
    return enrolment


def _message(owner) -> Message:
    words = {"subject": "示例", "body": "示例", "dedupe_key": "示例"}
    return Message.objects.create(recipient=owner, key="record_claim_confirmed", channel="in_site", **words)


def _place(town, worker, now) -> tuple:
    """Her one place, as the actions leave it: it counts for the session and for the allocation."""
    offering, session, allocation = offering_with_places(town)
    Session.objects.filter(pk=session.pk).update(taken=1)
    Allocation.objects.unscoped().filter(pk=allocation.pk).update(used=1)
    for counted in (session, allocation):
        counted.refresh_from_db()
    common = {"offering": offering, "worker": worker, "created_at": now}
    booking = Booking.objects.create(
        **common, session=session, allocation=allocation, state=BookingState.CONFIRMED, changed_at=now
    )
    return offering, session, allocation, booking


def _records(town, people: dict) -> dict:
    worker = WorkerFactory(organization=town, user=people[OWNER])
    elsewhere = UnionFactory(kind=Kind.CITY_UNION)
    WorkerFactory(organization=elsewhere, user=people[OTHER_WORKER])
    now = timezone.now()
    offering, session, allocation, booking = _place(town, worker, now)
    draft, _, _ = offering_with_places(town, state=OfferingState.DRAFT)
    programme = ProgrammeFactory(offering=offering, organization=town, code="hers")
    unopened = ProgrammeFactory(offering=draft, organization=town, code="not-yet")
    TermsFactory(programme=programme)
    money = (people[staff_name(Role.FINANCE_OFFICER, "own")], people[staff_name(Role.FEDERATION_OFFICER, "own")])
    return (
        _after_the_exam(booking, people, now)
        | casework_world.records(town, worker, people, now)
        | _on_notice(town, worker, people)
        | payments_world.records(town, worker, *money, now)
        | joining_world.records(town, worker, people[staff_name(Role.GRASSROOTS_OFFICER, "own")], now)
        | {
            "worker": worker,
            "twin": WorkerFactory(organization=town),
            "draw": _draw(offering, now),
            "programme": programme,
            "unopened": unopened,
            "session": session,
            "pool": allocation.pool,
            "booking": booking,
            "waiting": WaitingEntry.objects.create(
                offering=draft, worker=worker, state=WaitingState.WAITING, created_at=now, changed_at=now
            ),
            "enrolment": _enrolment(programme, town, people, now),
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
            "failed_job": Job.objects.create(
                spec="workers",
                organization=town,
                owner=people[staff_name(Role.GRASSROOTS_OFFICER, "own")],
                state=JobState.FAILED,
                error_code="system",
            ),
            "export": _export(people[staff_name(Role.GRASSROOTS_OFFICER, "own")]),
            "text": MessageTemplate.objects.first(),
            "notice": Notice.objects.first(),
            "message": _message(people[OWNER]),
            "post": town.assignments.get(role=Role.GRASSROOTS_OFFICER),
        }
    )


def _on_notice(town, worker, people: dict) -> dict:
    """Her application on a public notice of the town, with an objection."""
    notice = standing_notice(town, by=people[staff_name(Role.CASE_OFFICER, "own")])
    line = line_on(notice, case_with_notice(worker, town))
    return {"public_notice": notice, "notice_line": line, "objection": objection_to(line)}


def _after_the_exam(booking: Booking, people: dict, now) -> dict:
    """A result that calls her back, with her consent to the screening and to the help of officers."""
    owner = people[OWNER]
    for purpose in (Purpose.SCREENING, Purpose.FOLLOW_UP):
        give_consent(owner, purpose=purpose, notice=current_notice(purpose), language="zh-hans", now=now)
    result = Result.objects.create(booking=booking, entered_at=now)
    found = {"conclusion": "abnormal_need_diagnosis", "items": ["tct"], "tbs": "hsil", "hpv": [], "birads": ""}
    ResultVersion.objects.create(
        result=result,
        number=1,
        findings=json.dumps(found | {"note": "", "next_due": ""}),
        entered_by=people[staff_name(Role.CLINIC_OPERATOR, "own")],
        entered_at=now,
    )
    return {"result": result, "follow_up": FollowUp.objects.create(result=result, opened_at=now)}


def _export(owner) -> Export:
    """A file that is ready and still kept."""
    now = timezone.now()
    return Export.objects.create(
        listing="bookings",
        owner=owner,
        language="zh-hans",
        state=ExportState.DONE,
        rows=1,
        file=ContentFile(b"rows", name="export.xlsx"),
        created_at=now,
        finished_at=now,
        expires_at=now + timedelta(hours=1),
    )
