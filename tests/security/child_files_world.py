"""What children's files add to the world: one child in a home that stands at the town's first unit."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from services.child_files.actions import consents
from services.child_files.actions.notices import ensure_first_notices
from services.child_files.actions.registering import link_guardian, next_code
from services.child_files.enums import Purpose
from services.child_files.models import (
    AccessGrant,
    BreakGlass,
    Child,
    ChildPaper,
    ConcernKeepers,
    FamilyContact,
    ImpactAssessment,
    Incident,
    ProtectionConcern,
    PurposeSwitch,
    Release,
    SubjectRequest,
)
from services.child_files.queries.consents import notices_in_force
from services.organizations.enums import Role
from tests.factories.child_files import MOTHER
from tests.factories.childrens_homes import HomeFactory, ProgrammeFactory


def child_files_records(city, county, host, people: dict) -> dict:
    """A file in use: asked for, opened in an emergency, with a paper, a request, a concern, an incident."""
    now = timezone.now()
    teacher, officer = people[f"{Role.HOME_TEACHER} child"], people[f"{Role.WF_OFFICER} parent"]
    programme = ProgrammeFactory(city=city, year=2043)
    home = HomeFactory(host=host, county=county, programme=programme, code="LSZJ-X-001")
    _switch_on(programme, teacher, now)
    child = Child.objects.create(
        home=home, code=next_code(home), state="draft", state_since=now, created_at=now, created_by=teacher
    )
    guardian = link_guardian(child, MOTHER, on=timezone.localdate())
    ensure_first_notices()
    notice = notices_in_force(timezone.now())[Purpose.HOME_SERVICE]
    how = consents.Given("sms_code")
    consents.answer(guardian, purpose=Purpose.HOME_SERVICE, yes=True, notice=notice, how=how, now=timezone.now())
    ConcernKeepers.objects.create(county=county, first=teacher, second=officer)
    asked = {"child": child, "asked_at": now, "purpose": "help", "reason": "示例"}
    return {
        "child_file": child,
        "child_guardian": guardian,
        "child_contact": FamilyContact.objects.create(child=child, channel="phone", at=now),
        "child_county": county,
        "child_paper": _paper(child, now),
        "child_grant": AccessGrant.objects.create(asked_by=officer, asked_of=people[f"{Role.WF_OFFICER} own"], **asked),
        "child_emergency": BreakGlass.objects.create(
            child=child,
            user=people[f"{Role.WF_OFFICER} top"],
            reason="示例",
            opened_at=now,
            expires_at=now + timedelta(hours=1),
            review_due=now + timedelta(days=5),
        ),
        **_wishes_and_concerns(child, guardian, teacher, officer, now),
        "child_year": programme.year,
        "child_release": Release.objects.create(
            home=home,
            asked_by=teacher,
            asked_at=now,
            asked_until=now + timedelta(days=7),
            fields=["name"],
            purpose="trip",
            reason="示例",
            leader=officer,
        ),
        "child_incident": _incident(city, people[f"{Role.PRIVACY_OFFICER} top"], now),
    }


def _wishes_and_concerns(child, guardian, teacher, officer, now) -> dict:
    return {
        "child_request": SubjectRequest.objects.create(
            child=child,
            guardianship=guardian,
            kind="delete",
            state="identity_verified",
            received_at=now,
            due_on=timezone.localdate() + timedelta(days=20),
        ),
        "child_concern": ProtectionConcern.objects.create(
            child=child,
            category="neglect",
            words="示例",
            observed_at=now,
            noted_at=now,
            noted_by=teacher,
            report_due=now + timedelta(hours=5),
            first_reader=teacher,
            second_reader=officer,
        ),
    }


def _incident(city, by, now) -> Incident:
    words = dict.fromkeys(("kinds", "cause", "harm", "measures", "contact"), "示例")
    return Incident.objects.create(city=city, number="X-1", found_at=now, recorded_by=by, recorded_at=now, **words)


def _switch_on(programme, by, now) -> None:
    assessment = ImpactAssessment.objects.create(
        programme=programme,
        purpose="home_service",
        number="X-1",
        necessity="示例",
        risks="示例",
        measures="示例",
        made_by=by,
        made_on=timezone.localdate(),
        kept_until=timezone.localdate() + timedelta(days=1100),
    )
    PurposeSwitch.objects.create(
        programme=programme, purpose="home_service", on=True, assessment=assessment, by=by, since=now
    )


def _paper(child: Child, now) -> ChildPaper:
    paper = ChildPaper(
        child=child,
        kind="growth",
        extension="jpg",
        content_type="image/jpeg",
        size=1,
        digest="0" * 64,
        scan="clean",
        added_at=now,
    )
    paper.file.save("x", ContentFile(b"\xff\xd8\xff"), save=False)
    paper.save()
    return paper
