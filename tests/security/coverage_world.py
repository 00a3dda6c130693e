"""What coverage adds to the world: the record of the town's first union, and a version of what the town requires."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from services.coverage.enums import Position, TermState
from services.coverage.models import Checklist, ChecklistItem, Paper, SelfAssessment
from tests.factories.coverage import RequirementsFactory, SeatFactory, TermFactory, set_up


def coverage_records(town, union) -> dict:
    """A term in office with a vacant seat, the next one elected, a paper; requirements that haven't begun."""
    today = timezone.localdate()
    term = set_up(union)
    vacant = SeatFactory(term=term, position=Position.DEPUTY, from_on=today - timedelta(days=9), until_on=today)
    elected = {"prepared_on": today, "elected_on": today, "years": 5, "ends_on": today + timedelta(days=1800)}
    TermFactory(committee=term.committee, number=2, state=TermState.ELECTED, **elected)
    paper = Paper(
        organization=union,
        kind="approval",
        name="x.pdf",
        extension="pdf",
        content_type="application/pdf",
        size=1,
        digest="0" * 64,
        scan="clean",
        added_at=timezone.now(),
    )
    paper.file.save("x", ContentFile(b"%PDF-"), save=False)
    paper.save()
    checklist = Checklist.objects.create(
        organization=town, state="draft", source="示例", pass_kind="points", pass_mark=8
    )
    item = ChecklistItem.objects.create(checklist=checklist, group="work", code="a", words="示例", points=10)
    assessment = SelfAssessment.objects.create(
        organization=union, checklist=checklist, year=today.year, state="submitted", opened_at=timezone.now()
    )
    return {
        "coverage_checklist": checklist,
        "coverage_item": item,
        "coverage_assessment": assessment,
        "coverage_union": union,
        "coverage_term": term,
        "coverage_seat": vacant,
        "coverage_paper": paper,
        "coverage_version": RequirementsFactory(organization=town, valid_from=today + timedelta(days=9)),
    }
