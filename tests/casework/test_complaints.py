"""A complaint about how an application was handled: read above it, never by whoever it is about."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from services.casework import actions, errors
from services.casework.actions import complaints
from services.casework.enums import ComplaintState
from services.casework.models import CaseEvent, Complaint, Recusal
from services.casework.queries.complaints import complaints_for
from services.casework.todos import todos_for
from services.messaging.models import Message
from services.organizations.enums import Role
from services.privacy.models import AccessRecord
from tests.casework.notice_world import signed_in
from tests.factories.accounts import WorkerUserFactory
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db
WORDS = "示例：窗口的人当众说了我的病"


def complaint_of(world, case=None, **said) -> Complaint:
    case = case or world.submitted()
    given = {"about": "privacy", "words": WORDS} | said
    return complaints.complain(case, by=case.worker.user, now=world.now, **given)


def test_it_lies_above_all_who_handled_it_and_none_of_them_finds_it(world):
    case = world.verified()  # checked by the union, now at the county
    complaint = complaint_of(world, case)
    assert complaint.desk == world.tree["city"]
    for name in ("union", "union_two", "town", "county", "county_two"):
        assert not complaints_for(world.officers[name]).exists(), name
        with pytest.raises(PermissionDenied):
            complaints.read_complaint(complaint, by=world.officers[name], now=world.now)
    assert [one.pk for one in complaints_for(world.officers["city"])] == [complaint.pk]


def test_who_had_a_hand_in_it_doesnt_find_it_from_a_higher_post_either(world):
    case = world.submitted()
    promoted = world.officers["union"]
    actions.pass_step(case, by=promoted, now=world.now)
    complaint = complaint_of(world, case)
    promoted.assignments.update(organization=world.tree["city"])
    promoted = type(promoted).objects.get(pk=promoted.pk)
    assert not complaints_for(promoted).exists()
    related = world.officers["city"]
    Recusal.objects.create(user=related, worker=case.worker, tie="friend", case=case, declared_at=world.now)
    assert not complaints_for(related).exists()
    with pytest.raises(PermissionDenied):
        complaints.answer_complaint(complaint, outcome="not", answer="没有问题", by=related, now=world.now)


def test_nothing_of_the_case_says_that_there_is_one(world):
    case = world.submitted()
    events, messages = CaseEvent.objects.filter(case=case).count(), Message.objects.count()
    complaint_of(world, case)
    assert CaseEvent.objects.filter(case=case).count() == events
    assert Message.objects.count() == messages
    assert not ModelLogEntry.objects.filter(action__contains="complaint").exists()
    desk = at_desk(world.tree["unit_a"], Role.GRASSROOTS_OFFICER)
    page = desk.get(reverse("casework_desk:case", args=[case.token]))
    assert page.status_code == 200 and "TS-" not in page.text and WORDS not in page.text


def test_it_is_answered_once_in_words_she_reads_and_the_look_is_hers_to_see(world, django_capture_on_commit_callbacks):
    complaint = complaint_of(world)
    desk = at_desk(world.tree["town_a"], Role.CASE_OFFICER)
    url = reverse("casework_desk:complaint", args=[complaint.token])
    page = desk.get(url)
    assert WORDS in page.text
    assert complaint.case.worker.name not in page.text
    assert AccessRecord.objects.filter(viewer=desk.user, subject_type="casework.complaint", routine=True).count() == 1
    assert desk.post(url, {"outcome": "right", "answer": ""}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url, {"outcome": "right", "answer": "已批评教育并向您道歉"})
        desk.post(url, {"outcome": "not", "answer": "没有问题"})
    complaint.refresh_from_db()
    assert (complaint.state, complaint.outcome, complaint.answer) == ("answered", "right", "已批评教育并向您道歉")
    with pytest.raises(errors.ComplaintEnded):
        complaints.answer_complaint(complaint, outcome="not", answer="再答", by=desk.user, now=world.now)
    (entry,) = ModelLogEntry.objects.filter(action="casework.answer_complaint")
    assert entry.data == {"outcome": "right"}
    assert Message.objects.filter(recipient=complaint.case.worker.user, key="casework-complaint-answered").exists()


def test_after_an_answer_she_goes_one_level_higher_and_the_answerer_is_out(world):
    first = complaint_of(world)
    answerer = world.officers["town"]
    complaints.answer_complaint(first, outcome="not", answer="没有问题", by=answerer, now=world.now)
    second = complaint_of(world, first.case, words="我不同意这个答复")
    assert second.pk != first.pk and second.desk == world.tree["county_a"]
    assert answerer in second.concerned.all()
    assert complaint_of(world, first.case) == second, "while one is open another one changes nothing"


def test_where_nobody_above_can_it_lies_at_the_top(world):
    case = world.submitted()
    for name in ("town", "town_two", "county", "county_two"):
        world.officers[name].assignments.all().delete()
    assert complaint_of(world, case).desk == world.tree["city"]


def test_it_has_its_day_and_lies_on_the_desk_until_then_and_above_afterwards(world, settings, today_is):
    settings.COMPLAINT_WORKING_DAYS = 15
    complaint = complaint_of(world)
    assert complaint.due_on >= timezone.localdate(world.now) + timedelta(days=15)

    def lines(name):
        return [todo for todo in todos_for(world.officers[name]) if complaint.number in str(todo.text)]

    assert len(lines("town")) == 1 and not lines("city") and not lines("union")
    Complaint.objects.own(pk=complaint.pk).update(due_on=timezone.localdate(world.now) - timedelta(days=1))
    (late,) = lines("city")
    assert late.overdue


def test_she_writes_it_on_her_page_and_takes_it_back(world):
    case = world.submitted()
    her = signed_in(case.worker.user)
    url, own = (reverse(f"casework:{name}", args=[case.token]) for name in ("complain", "case"))
    assert url in her.get(own).text
    assert her.post(url, {"about": "", "words": WORDS}).status_code == 422
    kept = her.get(url)
    assert WORDS in kept.text, "nothing typed is lost"
    her.post(url, {"about": "privacy", "words": WORDS})
    her.post(url, {"about": "privacy", "words": WORDS})
    complaint = Complaint.objects.own(case=case).get()
    page = her.get(own).text
    assert complaint.number in page and complaint.desk.name in page
    her.post(reverse("casework:complaint_withdraw", args=[case.token]))
    complaint.refresh_from_db()
    assert complaint.state == ComplaintState.WITHDRAWN
    other = signed_in(WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory()).user)
    assert other.get(url).status_code == 404


def test_only_she_complains_and_only_of_what_was_sent(world):
    with pytest.raises(PermissionDenied):
        complaints.complain(world.submitted(), about="slow", words="示例", by=world.officers["town"], now=world.now)
    draft = world.draft(WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory()))
    with pytest.raises(PermissionDenied):
        complaint_of(world, draft)


def test_when_the_organisation_that_was_to_answer_closes_the_next_above_does(world):
    complaint = complaint_of(world)
    town = world.tree["town_a"]
    assert complaint.desk == town
    town.closed_on = timezone.localdate(world.now)
    town.save(update_fields=["closed_on"])
    complaints.follow_closed(town)
    complaint.refresh_from_db()
    assert complaint.desk == world.tree["county_a"]
