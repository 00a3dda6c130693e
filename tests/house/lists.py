"""Every list page of ours, and what adds one more row to it; or the test beside its app that counts its queries.

A list page that is in neither table fails ``test_lists.py``.
"""

from datetime import date, timedelta

from django.utils import timezone
from wagtail.log_actions import log

from services.accounts.actions import record_sign_in
from services.bookings.enums import OfferingState
from services.bookings.models import Booking, PriorityChange, WaitingEntry
from services.casework.models import CannedReason, Complaint, DayException, Deputy, ExamplePicture, Recheck
from services.exchange.enums import JobState
from services.exchange.models import Job
from services.messaging.models import MessageTemplate
from services.mutual_aid.models import EnrolmentBatch
from services.organizations.enums import Role
from services.privacy.models import Erasure, Notice
from services.signups.models import Activity
from tests.factories.accounts import StaffFactory
from tests.factories.bookings import ProviderFactory, VenueFactory, offering_with_places
from tests.factories.casework import RouteFactory
from tests.factories.coverage import RequirementsFactory
from tests.factories.mutual_aid import cover_of, decided_claim, scheme_in_force
from tests.factories.notices import case_with_notice, line_on, objection_to, standing_notice
from tests.factories.organizations import AssignmentFactory, UnionFactory
from tests.factories.payments import LayoutFactory, Office, fund_of, owed
from tests.factories.relief import LivingLineFactory
from tests.factories.relief import ProgrammeFactory as ReliefProgrammeFactory
from tests.factories.screening import ProgrammeFactory, TermsFactory
from tests.factories.workers import WorkerFactory


def _programme(city, number: int) -> None:
    offering, _session, _allocation = offering_with_places(city, state=OfferingState.OPEN)
    TermsFactory(programme=ProgrammeFactory(offering=offering, organization=city, code=f"counted-{number}"))


def _attended(city, number: int) -> None:
    """A woman trained in an activity of her own, with a certificate."""
    now = timezone.now()
    offering, session, allocation = offering_with_places(city, state=OfferingState.OPEN)
    told = {"kind": "training", "form": "class", "hours": 8, "year": timezone.localdate(now).year, "title": "示例"}
    Activity.objects.create(code=f"counted-{number}", organization=city, offering=offering, **told)
    Booking.objects.create(
        offering=offering,
        session=session,
        allocation=allocation,
        worker=WorkerFactory(organization=city),
        state="attended",
        created_at=now,
        changed_at=now,
    )


def _import(city, number: int) -> None:
    Job.objects.create(
        spec="workers", organization=city, owner=StaffFactory(), state=JobState.DONE, file_name=f"名册{number}.xlsx"
    )


def _notice(city, number: int) -> None:
    later = timezone.now() + timedelta(days=number)
    Notice.objects.create(purpose="screening", version=100 + number, title="示例", body="示例", in_force_from=later)


def _erasure(city, number: int) -> None:
    day = timezone.now() + timedelta(days=number)
    Erasure.objects.create(kind="relief_paid", years=10, until=day.date(), matters=number, rows=9, files=2, at=day)


def _text(city, number: int) -> None:
    MessageTemplate.objects.create(key=f"counted-{number}", channel="sms", body="示例")


def _sign_in(city, number: int) -> None:
    record_sign_in(StaffFactory(), way="password", outcome="opened", address="192.0.2.1")


def _reordering(city, number: int) -> None:
    offering, _session, _allocation = offering_with_places(city)
    ProgrammeFactory(offering=offering, organization=city, code=f"reordered-{number}")
    her, now = WorkerFactory(organization=city), timezone.now()
    entry = WaitingEntry.objects.create(offering=offering, worker=her, created_at=now, changed_at=now)
    change = {"before": 0, "after": 2, "reason": "urgent", "by_role": Role.FEDERATION_OFFICER, "at": now}
    PriorityChange.objects.create(entry=entry, by=StaffFactory(), **change)


def _line(city, number: int) -> None:
    LivingLineFactory(organization=city, valid_from=date(2000 + number, 1, 1))


def _relief_programme(city, number: int) -> None:
    ReliefProgrammeFactory(organization=city, code=f"counted-{number}")


def _batch(city, number: int) -> None:
    Office(city).batch()


def _public_notice(city, number: int) -> None:
    notice = standing_notice(city, number=f"GS-{number}")
    line_on(notice, case_with_notice(WorkerFactory(organization=city), city, number=f"AL-{number}"))


def _objection(city, number: int) -> None:
    notice = standing_notice(city, number=f"GS-{number}")
    line = line_on(notice, case_with_notice(WorkerFactory(organization=city), city, number=f"AL-{number}"))
    objection_to(line, reference=f"YY-{number}")


def _batch(city, number: int) -> None:
    Office(city).batch()


def _deputy(city, number: int) -> None:
    day = date(2099, 1, 1) + timedelta(days=number)
    absent, deputy = StaffFactory(), StaffFactory()
    for person in (absent, deputy):
        AssignmentFactory(user=person, organization=city, role=Role.CASE_OFFICER)
    Deputy.objects.create(absent=absent, deputy=deputy, valid_from=day, valid_until=day)


def _example(city, number: int) -> None:
    ExamplePicture.objects.create(
        organization=city, service="relief", item=f"paper-{number}", words="示例", width=1, height=1,
        changed_at=timezone.now(),
    )  # fmt: skip


def _recheck(city, number: int) -> None:
    day = date(2000, 1, 1) + timedelta(days=number)
    Recheck.objects.create(
        organization=city, service="allowance", first_day=day, last_day=day, wanted=1, source="示例", number_on=day,
        frame="", frame_digest="", frame_size=0, frozen_by=StaffFactory(), frozen_at=timezone.now(),
    )  # fmt: skip


def _complaint(city, number: int) -> None:
    case = case_with_notice(WorkerFactory(organization=city), city, number=f"TS-{number}")
    Complaint.objects.create(
        case=case, about="slow", words="示例", desk=city, made_at=timezone.now(), due_on=date(2099, 1, 1)
    )


def _words(city, number: int) -> None:
    CannedReason.objects.create(verb="refuse", title=f"示例{number}", text="示例", organization=city)


def _day(city, number: int) -> None:
    DayException.objects.create(day=date(2099, 1, 1) + timedelta(days=number), working=False)


def _enrolment_batch(city, number: int, **more) -> None:
    version, officer, now = scheme_in_force(city), StaffFactory(), timezone.now()
    EnrolmentBatch.objects.create(
        number=f"CB-{number}",
        scheme=version.scheme,
        terms=version,
        organization=city,
        path=city.path,
        made_by=officer,
        made_at=now,
        **more,
    )


def _period_that_ends(city, number: int) -> None:
    today, now = timezone.localdate(), timezone.now()
    signed = {"submitted_by": StaffFactory(), "submitted_at": now, "decided_by": StaffFactory(), "decided_at": now}
    days = {"effective_from": today - timedelta(days=300), "last_day": today + timedelta(days=number)}
    _enrolment_batch(city, number, state="effective", **signed, **days)


def _cover(city, number: int) -> None:
    cover_of(WorkerFactory(organization=city), scheme_in_force(city), number=f"CB-{number}-0001")


def _flagged_claim(city, number: int) -> None:
    cover = cover_of(WorkerFactory(organization=city), scheme_in_force(city), number=f"CB-{number}-0001")
    decided_claim(cover, flagged="示例")


def _requirements(city, number: int) -> None:
    RequirementsFactory(organization=city, valid_from=date(2000 + number, 1, 1))


def _done(city, number: int) -> None:
    log(instance=city, action="organizations.edit", user=StaffFactory(), data={"fields": ["name"]})


# Address name: who reads it (None: a stranger), and how one row comes about.
COUNTED = {
    "screening_desk:programmes": (Role.FEDERATION_OFFICER, _programme),
    "screening_providers:index": (Role.FEDERATION_OFFICER, lambda city, number: ProviderFactory(organization=city)),
    "screening_sites:index": (Role.FEDERATION_OFFICER, lambda city, number: VenueFactory(organization=city)),
    "screening:list": (None, _programme),
    **{f"signups_desk:{page}": (Role.FEDERATION_OFFICER, _attended) for page in ("activities", "signups", "hours")},
    "signups:list": (None, _attended),
    "notices:list": (None, _public_notice),
    "casework_desk:deputies": (Role.FEDERATION_OFFICER, _deputy),
    "casework_desk:examples": (Role.FEDERATION_OFFICER, _example),
    "casework_desk:rechecks": (Role.FEDERATION_OFFICER, _recheck),
    "casework_desk:complaints": (Role.FEDERATION_OFFICER, _complaint),
    "casework_desk:reasons": (Role.FEDERATION_OFFICER, _words),
    "casework_desk:routes": (Role.FEDERATION_OFFICER, lambda city, number: RouteFactory(organization=city)),
    "casework_desk:days": (Role.FEDERATION_OFFICER, _day),
    "casework_notices:list": (Role.FEDERATION_OFFICER, _public_notice),
    "casework_notices:objections": (Role.AUDITOR, _objection),
    "screening_desk:changes": (Role.FEDERATION_OFFICER, _reordering),
    "relief_desk:lines": (Role.FEDERATION_OFFICER, _line),
    "relief_desk:programmes": (Role.FEDERATION_OFFICER, _relief_programme),
    "mutual_aid_desk:schemes": (Role.FEDERATION_OFFICER, lambda city, number: scheme_in_force(city)),
    "coverage_records:requirements": (Role.FEDERATION_OFFICER, _requirements),
    "imports:list": (Role.FEDERATION_OFFICER, _import),
    "privacy_desk:notices": (Role.PLATFORM_ADMINISTRATOR, _notice),
    "privacy_desk:erasures": (Role.PLATFORM_ADMINISTRATOR, _erasure),
    "messaging_desk:texts": (Role.PLATFORM_ADMINISTRATOR, _text),
    "mutual_aid_joining:batches": (Role.FEDERATION_OFFICER, _enrolment_batch),
    "mutual_aid_joining:renewals": (Role.FEDERATION_OFFICER, _period_that_ends),
    "mutual_aid_joining:covers": (Role.FEDERATION_OFFICER, _cover),
    "mutual_aid_joining:units": (Role.FEDERATION_OFFICER, lambda city, number: UnionFactory(parent=city)),
    "claims_desk:flagged": (Role.FEDERATION_OFFICER, _flagged_claim),
    "payments_desk:funds": (Role.FINANCE_OFFICER, lambda city, number: fund_of(city)),
    "payments_desk:payables": (Role.FINANCE_OFFICER, lambda city, number: owed(fund_of(city))),
    "payments_desk:batches": (Role.FINANCE_OFFICER, _batch),
    "payments_desk:layouts": (Role.FINANCE_OFFICER, lambda city, number: LayoutFactory(organization=city)),
    "trail:list": (Role.AUDITOR, _done),
    "wagtailusers_users:sign_ins": (Role.PLATFORM_ADMINISTRATOR, _sign_in),
}

COUNTED_ELSEWHERE = {
    "background_work:list": "overview/test_background_work.py::test_its_queries_don_t_grow_with_what_it_shows",
    **{
        f"publishing_desk:{page}": "publishing/test_desk.py::test_the_lists_cost_the_same_at_one_row_and_at_thirty"
        for page in ("holds", "links", "ending", "sections")
    },
    **{
        f"childrens_homes_desk:{page}": "childrens_homes/test_desk.py"
        "::test_the_lists_cost_the_same_at_one_row_and_at_thirty"
        for page in ("homes", "matrix", "applications", "censuses", "volunteers", "activities")
    },
    **{
        f"screening_{kind}:{page}": "screening/test_desk_sites.py"
        "::test_usage_and_history_cost_the_same_at_one_row_and_at_thirty"
        for kind in ("providers", "sites")
        for page in ("usage", "history")
    },
    **{
        f"workers_desk:{page}": "workers/test_desk.py"
        "::test_the_list_and_the_requests_cost_the_same_at_one_row_and_at_thirty"
        for page in ("list", "claims")
    },
    **{
        f"relief_desk:{page}": "relief/test_file_desk.py::test_the_lists_cost_the_same_at_one_row_and_at_thirty"
        for page in ("files", "return_visits", "awards")
    },
    **{
        f"claims_desk:{page}": "mutual_aid/test_claims_desk.py::test_the_lists_cost_the_same_at_one_row_and_at_thirty"
        for page in ("benefits", "nominations")
    },
    **{
        f"home_equipment_desk:{page}": "home_equipment/test_desk.py"
        "::test_the_lists_cost_the_same_at_one_row_and_at_thirty"
        for page in ("register", "deliveries", "tasks", "takes", "transfers")
    },
    "coverage_returns:list": "coverage/test_returns_desk.py::test_the_lists_cost_the_same_at_one_row_and_at_thirty",
    "coverage_standard:assessments": "coverage/test_checklist_desk.py"
    "::test_the_list_costs_the_same_at_one_row_and_at_thirty",
    "coverage_records:list": "coverage/test_record_desk.py::test_the_list_costs_the_same_at_one_row_and_at_thirty",
    **{
        f"coverage_view:{page}": "coverage/test_view_reminders.py"
        "::test_the_lists_cost_the_same_at_one_row_and_at_thirty"
        for page in ("unions", "changes")
    },
    "coverage_view:then": "coverage/test_view_then.py::test_the_list_costs_the_same_at_one_row_and_at_thirty",
    **{
        f"home_inspections_desk:{page}": "home_inspections/test_desk.py"
        "::test_a_list_costs_the_same_at_one_row_and_at_many"
        for page in ("list", "findings")
    },
    **{
        f"child_files_desk:{page}": "child_files/test_lists.py::test_the_lists_cost_the_same_at_one_row_and_at_thirty"
        for page in ("list", "overdue", "approvals", "releases")
    },
    "page_templates:list": "cms_pages/test_page_templates.py::test_the_list_costs_the_same_at_one_row_and_at_thirty",
    "signups_desk:waiting": "signups/test_for_her.py::test_the_waiting_list_costs_the_same_with_one_and_nine",
    "signups_desk:certificates": "signups/test_desk.py::test_certificates_cost_the_same_with_one_woman_and_with_nine",
    **{
        f"indicators_desk:{page}": "indicators/test_desk.py::test_the_lists_cost_the_same_at_one_row_and_at_thirty"
        for page in ("list", "dictionary", "elements", "rules")
    },
    **{
        f"plan_reviews_desk:{page}": "plan_reviews/test_desk.py::test_the_lists_cost_the_same_at_one_row_and_at_thirty"
        for page in ("issues", "trainings", "publicity", "inclusions")
    },
    "exports:list": "exchange/test_exports.py::test_her_list_of_exports_costs_the_same_at_one_row_and_at_thirty",
    "organizations_desk:list": "organizations/test_desk.py::test_the_list_costs_the_same_at_one_row_and_at_thirty",
    "messaging_desk:log": "messaging/test_desk.py::test_one_message_or_thirty_cost_the_same_queries",
    "messaging:inbox": "messaging/test_inbox.py::test_one_message_or_thirty_cost_the_same_queries",
    "privacy_desk:looks": "privacy/test_desk.py::test_one_look_or_thirty_cost_the_same_queries",
    "privacy:my_data": "privacy/test_my_data.py::test_one_look_or_twenty_cost_the_same_queries",
    "wagtailusers_users:index": "accounts/test_desk.py::test_one_account_or_thirty_cost_the_same_queries",
    "payments:list": "payments/test_hers.py::test_one_payment_or_fifteen_cost_the_same_queries",
    "overview:home": "overview/test_home.py::test_the_page_costs_the_same_with_one_booking_and_with_thirty",
    **{
        f"screening_desk:{page}": "screening/test_desk_bookings.py"
        "::test_a_list_asks_the_same_number_of_queries_for_one_row_and_for_thirty"
        for page in ("bookings", "waiting")
    },
    "screening_desk:follow_ups": "screening/test_follow_ups.py"
    "::test_the_lists_cost_the_same_with_one_woman_and_with_nine",
    "screening_desk:sessions": "screening/test_desk_sessions.py"
    "::test_sessions_are_listed_in_the_same_number_of_queries",
    "screening_desk:places": "screening/test_desk_places.py"
    "::test_one_level_is_read_in_the_same_number_of_queries_at_any_width",
    "screening_desk:uptake": "screening/test_desk_uptake.py::test_the_queries_do_not_grow_with_the_tree",
    "casework_desk:list": "casework/test_desk_list.py::test_the_list_costs_the_same_at_one_row_and_at_thirty",
    "casework:list": "casework/test_her_pages.py::test_her_list_costs_the_same_with_one_application_and_with_thirty",
    "screening:book": "screening/test_booking_pages.py"
    "::test_choosing_costs_the_same_with_four_sessions_and_with_thirty_more",
}
