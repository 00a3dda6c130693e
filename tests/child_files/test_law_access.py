"""The checklist of the law, E2.09 to E2.15: who looks, by which way, and what is written down of it."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localtime

from services.child_files import errors
from services.child_files.actions import concerns, granting, links, reading, requests
from services.child_files.enums import Purpose, RequestState
from services.child_files.models import BreakGlass, Child, FileRead, ProtectionConcern
from services.child_files.queries.files import files_for, way_into
from services.messaging.models import Message
from services.organizations.enums import Role
from services.privacy.errors import ReasonMissing, TooManyLooks
from services.privacy.models import AccessRecord
from tests.child_files.counting import report_now
from tests.child_files.desk import let_in, signed_in
from tests.factories.child_files import MOTHER, Nursery, holder
from tests.factories.childrens_homes import HomeFactory

pytestmark = pytest.mark.django_db
SECRETS = ("19900005678", "示例路1号", "19900004321", "示例村1号", "19900001234")


@pytest.fixture
def nursery():
    return Nursery()


@pytest.fixture
def child(nursery):
    child = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.HEALTH, Purpose.PHOTO_INSIDE])
    nursery.entrust(child)
    nursery.absence(child)
    return nursery.fresh(child)


def _file(child) -> str:
    return reverse("child_files_desk:file", args=[child.token])


def _approved(nursery, child):
    asked = granting.ask(
        child, of=nursery.leader, purpose="home_visit", reason="准备家访", by=nursery.officer, now=nursery.now
    )
    return granting.decide(asked, yes=True, by=nursery.leader, now=nursery.now)


def test_e2_09_phones_and_addresses_are_sealed_in_the_database(child):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT works_at, phone FROM child_files_parentabsence")
        stored = [*cursor.fetchone()]
        cursor.execute("SELECT name, birth_date FROM child_files_child WHERE name <> ''")
        stored += [*cursor.fetchone()]
    assert all(value.startswith("v1:") for value in stored)


def test_e2_09_the_file_shows_masks_and_a_reveal_shows_one_value_for_a_reason(nursery, child):
    desk, page = signed_in(nursery.teacher), _file(child)
    shown = desk.get(page).content.decode()
    assert [secret for secret in SECRETS if secret in shown] == []
    assert "199****5678" in shown
    assert child.birth_date not in shown
    parent = child.absences.get()
    answer = desk.post(page, {"what": f"parent-{parent.pk}-phone", "reason": "通知家长会"}).content.decode()
    assert "19900005678" in answer
    assert "示例路1号" not in answer
    assert "19900005678" not in desk.get(page).content.decode()
    look = AccessRecord.objects.filter(routine=False).get()
    assert (look.viewer, look.fields, look.reason) == (nursery.teacher, "phone", "通知家长会")


def test_e2_09_without_a_reason_nothing_is_shown(nursery, child):
    what = f"parent-{child.absences.get().pk}-phone"
    with pytest.raises(ReasonMissing):
        reading.reveal(child, what, by=nursery.teacher, reason="?", now=nursery.now)
    shown = signed_in(nursery.teacher).post(_file(child), {"what": what, "reason": ""}).content.decode()
    assert "19900005678" not in shown


def test_e2_09_thirty_reveals_an_hour_are_the_limit(nursery, child, settings):
    settings.LOOKS_PER_HOUR = 3
    for _time in range(3):
        reading.reveal(child, "child-birth_date", by=nursery.teacher, reason="核对学籍", now=nursery.now)
    with pytest.raises(TooManyLooks):
        reading.reveal(child, "child-birth_date", by=nursery.teacher, reason="核对学籍", now=nursery.now)


def test_e2_09_what_is_of_another_child_is_not_found(nursery, child):
    other = nursery.child()
    nursery.absence(other)
    foreign = f"parent-{other.absences.get().pk}-phone"
    for what in (foreign, "child-token", "child-name", "parent-x-phone", "parent-²-phone", "x", ""):
        with pytest.raises(LookupError):
            reading.reveal(child, what, by=nursery.teacher, reason="核对学籍", now=nursery.now)
    assert signed_in(nursery.teacher).post(_file(child), {"what": foreign, "reason": "核对学籍"}).status_code == 404


def test_e2_10_the_guardian_sees_copies_and_asks_after_a_code_and_a_known_fact(nursery, child, client):
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    let_in(client, link, fact=child.birth_date)
    data = client.get(reverse("child_files:data")).content.decode()
    assert child.name in data
    assert "19900005678" in data
    copy = client.get(reverse("child_files:copy"))
    assert copy["Content-Type"].startswith("application/json")
    assert child.name in copy.content.decode()
    assert child.name in client.get(reverse("child_files:print")).content.decode()
    client.post(reverse("child_files:ask"), {"kind": "correct", "words": "生日写错了"})
    wish = child.requests.unscoped().get()
    assert wish.state == RequestState.IDENTITY_VERIFIED
    assert timedelta(days=15) <= wish.due_on - nursery.today <= timedelta(days=40)


def test_e2_10_a_wrong_code_or_fact_opens_nothing_and_five_tries_end_the_link(nursery, child, client):
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    code = reverse("child_files:code", args=[link.secret])
    client.post(reverse("child_files:start", args=[link.secret]))
    for _try in range(5):
        assert client.post(code, {"code": "000000", "fact": child.birth_date}).status_code == 200
    with pytest.raises(errors.TooManyTries):
        links.confirm(link, code="000000", fact=child.birth_date, now=nursery.now)
    assert client.get(reverse("child_files:home"))["Location"] == reverse("child_files:over")


def test_e2_10_a_link_works_once_and_its_session_ends(nursery, child, client):
    from django.test import Client

    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    let_in(client, link, fact=child.birth_date)
    assert Client().get(reverse("child_files:start", args=[link.secret])).status_code == 302
    assert client.get(reverse("child_files:home")).status_code == 200
    secret = client.session["child_guardian"]
    assert links.session_link(secret, nursery.now + links.SESSION_LASTS + timedelta(seconds=1)) is None
    client.post(reverse("child_files:leave"))
    assert client.get(reverse("child_files:home")).status_code == 302


def test_e2_10_the_message_with_the_link_names_no_child_and_is_wiped(nursery, child):
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    message = Message.objects.get(key="child-files-link")
    assert message.address == MOTHER.phone
    if message.body:
        assert link.secret in message.body
        assert "…" not in message.body
    assert child.name not in message.body
    assert link.secret not in message.link + message.dedupe_key


def test_e2_11_a_refusal_is_written_and_says_where_to_appeal(nursery, child):
    wish = requests.receive(nursery.guardian(child), kind="delete", words="", now=nursery.now)
    with pytest.raises(errors.AnswerMissing):
        requests.move_request(wish, "refuse", by=nursery.privacy, now=nursery.now)
    with pytest.raises(errors.AppealMissing):
        requests.move_request(wish, "refuse", answer="法定保存期内", by=nursery.privacy, now=nursery.now)
    done = requests.move_request(
        wish, "refuse", answer="法定保存期内", appeal="示例市网信办", by=nursery.privacy, now=nursery.now
    )
    assert (done.state, done.answer, done.appeal) == ("refused", "法定保存期内", "示例市网信办")
    again = requests.move_request(done, "refuse", by=nursery.privacy, now=nursery.now)
    assert again.answer == "法定保存期内"
    with pytest.raises(IntegrityError), transaction.atomic():
        type(done).objects.unscoped().filter(pk=done.pk).update(appeal="")


def test_e2_12_every_opening_is_on_record_and_the_guardian_sees_post_and_time(nursery, child, client):
    desk = signed_in(nursery.teacher)
    before = FileRead.objects.unscoped().count()
    for _time in range(3):
        desk.get(_file(child))
    assert FileRead.objects.unscoped().count() == before + 3
    read = FileRead.objects.unscoped().first()
    assert (read.child, read.viewer, read.role, read.purpose) == (
        child,
        nursery.teacher,
        Role.HOME_TEACHER,
        "daily_care",
    )
    assert read.address_index
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    let_in(client, link, fact=child.birth_date)
    looks = client.get(reverse("child_files:looks")).content.decode()
    assert f"{localtime(read.at):%Y-%m-%d %H:%M}" in looks
    assert nursery.teacher.username not in looks
    assert nursery.teacher.first_name not in looks


def test_e2_12_reads_are_append_only(nursery, child):
    reading.open_file(child, by=nursery.teacher, now=nursery.now)
    read = FileRead.objects.unscoped().get()
    for act in (read.save, read.delete, FileRead.objects.unscoped().delete):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(TypeError):
        FileRead.objects.unscoped().update(reason="")


def test_e2_12_a_read_by_approval_names_the_approval(nursery, child):
    grant = _approved(nursery, child)
    signed_in(nursery.officer).get(_file(child))
    read = FileRead.objects.unscoped().get()
    assert (read.grant, read.purpose, read.reason) == (grant, "home_visit", "准备家访")


def test_e2_13_a_teacher_sees_the_children_of_her_own_home_alone(nursery, child):
    other_home = HomeFactory(host=nursery.tree["school_b"], programme=nursery.programme, code="LSZJ-990001-002")
    colleague = holder(nursery.tree["school_b"], Role.HOME_TEACHER)
    theirs = nursery.child(home=other_home, by=colleague)
    assert list(files_for(nursery.teacher)) == [child]
    assert list(files_for(colleague)) == [theirs]
    assert signed_in(nursery.teacher).get(_file(theirs)).status_code == 404
    above = holder(nursery.tree["county_a"], Role.HOME_TEACHER)
    assert not files_for(above).exists()


def test_e2_13_the_county_sees_a_masked_list_and_opens_one_file_after_a_leaders_approval(nursery, child):
    desk = signed_in(nursery.officer)
    listed = desk.get(reverse("child_files_desk:list")).content.decode()
    assert child.code in listed
    assert child.name not in listed
    shown = desk.get(_file(child)).content.decode()
    assert child.name not in shown
    assert "199****5678" not in shown
    asked = granting.ask(
        child, of=nursery.leader, purpose="home_visit", reason="准备家访", by=nursery.officer, now=nursery.now
    )
    assert child.name not in desk.get(_file(child)).content.decode()
    with pytest.raises(PermissionDenied):
        granting.decide(asked, yes=True, by=nursery.officer, now=nursery.now)
    signed_in(nursery.leader).post(reverse("child_files_desk:approval", args=[asked.token]), {"yes": "yes"})
    assert child.name in desk.get(_file(child)).content.decode()
    assert not way_into(nursery.officer, child, nursery.now + timedelta(hours=25))
    assert not way_into(nursery.leader, child, nursery.now)


def test_e2_13_nobody_approves_herself_whatever_the_form_says(nursery, child):
    with pytest.raises(errors.NobodyToApprove):
        granting.ask(child, of=nursery.officer, purpose="help", reason="示例", by=nursery.officer, now=nursery.now)
    stranger = holder(nursery.tree["county_b"], Role.WF_OFFICER)
    with pytest.raises(errors.NobodyToApprove):
        granting.ask(child, of=stranger, purpose="help", reason="示例", by=nursery.officer, now=nursery.now)
    with pytest.raises(PermissionDenied):
        granting.ask(child, of=nursery.leader, purpose="help", reason="示例", by=nursery.town, now=nursery.now)


def test_e2_13_city_auditor_and_privacy_officer_open_no_file(nursery, child):
    for user in (nursery.city, nursery.auditor, nursery.privacy):
        assert not files_for(user).exists()
        desk = signed_in(user)
        assert desk.get(reverse("child_files_desk:list")).status_code == 403
        assert desk.get(_file(child)).status_code == 403
        figures = desk.get(reverse("child_files_desk:report"))
        assert figures.status_code == 200
        assert child.code not in figures.content.decode()


def test_e2_14_an_emergency_lasts_three_hours_at_most_and_is_told_and_reviewed(nursery, child):
    glass = granting.break_glass(child, reason="孩子走失", hours=9, by=nursery.town, now=nursery.now)
    assert glass.expires_at - glass.opened_at == timedelta(hours=3)
    assert way_into(nursery.town, child, nursery.now).kind == "emergency"
    assert not way_into(nursery.town, child, glass.expires_at)
    told = Message.objects.filter(key="child-files-emergency", recipient=nursery.privacy)
    assert told.exists()
    assert child.name not in "".join(f"{one.subject}{one.body}{one.link}" for one in told)
    assert glass.review_due - glass.opened_at == timedelta(days=5)
    with pytest.raises(errors.ReasonNeeded):
        granting.break_glass(child, reason=" ", hours=1, by=nursery.town, now=nursery.now)
    with pytest.raises(PermissionDenied):
        granting.review_emergency(glass, judged="justified", note="示例", by=nursery.town, now=nursery.now)
    page = reverse("child_files_desk:emergency", args=[glass.token])
    signed_in(nursery.privacy).post(page, {"judged": "justified", "note": "情况属实"})
    assert BreakGlass.objects.unscoped().get().judged == "justified"


def test_e2_14_a_teacher_of_another_home_breaks_no_glass(nursery, child):
    stranger = holder(nursery.tree["school_b"], Role.HOME_TEACHER)
    for user in (stranger, nursery.city, nursery.privacy, holder(nursery.tree["county_b"], Role.WF_OFFICER)):
        with pytest.raises(PermissionDenied):
            granting.break_glass(child, reason="孩子走失", hours=1, by=user, now=nursery.now)


@pytest.fixture
def concern(nursery, child):
    concerns.name_keepers(nursery.tree["county_a"], first=nursery.leader, second=nursery.town, by=nursery.privacy)
    return concerns.note_concern(
        child, category="physical", words="手臂有伤", observed_at=nursery.now, by=nursery.teacher, now=nursery.now
    )


def test_e2_15_a_concern_starts_a_clock_that_ends_today(nursery, concern):
    assert localtime(concern.report_due).date() == nursery.today
    from services.child_files.todos import todos_for

    assert any(todo.url == reverse("child_files_desk:concerns") for todo in todos_for(nursery.leader))
    with pytest.raises(errors.NotReportedYet):
        concerns.report(concern, to="", at=nursery.now, receipt="", by=nursery.leader, now=nursery.now)
    done = concerns.report(concern, to="police", at=nursery.now, receipt="示例-1", by=nursery.leader, now=nursery.now)
    assert done.reported_to == "police"


def test_e2_15_only_the_two_who_are_named_read_it(nursery, concern):
    page = reverse("child_files_desk:concern", args=[concern.token])
    for user in (nursery.leader, nursery.town):
        assert "手臂有伤" in signed_in(user).get(page).content.decode()
    for user in (nursery.teacher, nursery.officer, nursery.city, nursery.privacy, nursery.auditor):
        assert signed_in(user).get(page).status_code == 404
        assert not ProtectionConcern.objects.visible_to(user).exists()


def test_e2_15_it_cannot_be_deleted_and_takes_its_child_along(nursery, child, concern):
    for act in (concern.delete, ProtectionConcern.objects.all().delete):
        with pytest.raises(TypeError):
            act()
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        Child.objects.unscoped().filter(pk=child.pk).delete()


def test_e2_15_it_is_in_no_file_export_log_search_or_small_count(nursery, child, concern, client):
    from wagtail.log_actions import registry

    assert "手臂有伤" not in signed_in(nursery.teacher).get(_file(child)).content.decode()
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    let_in(client, link, fact=child.birth_date)
    assert "手臂有伤" not in client.get(reverse("child_files:copy")).content.decode()
    assert not [entry for entry in registry.get_logs_for_instance(child) if "concern" in entry.action]
    paths = (nursery.tree["city"].path,)
    assert report_now(paths, nursery.today).concerns is None
    for _time in range(4):
        concerns.note_concern(
            child, category="neglect", words="示例", observed_at=nursery.now, by=nursery.teacher, now=nursery.now
        )
    assert report_now(paths, nursery.today).concerns == 5


def test_e2_15_a_duty_to_report_waits_for_no_setting(nursery, child):
    noted = concerns.note_concern(
        child, category="missing", words="示例", observed_at=nursery.now, by=nursery.teacher, now=nursery.now
    )
    assert noted.first_reader == nursery.teacher
    assert noted.second_reader in (nursery.officer, nursery.leader)


def test_a_photo_opens_by_a_link_that_ends_and_only_while_the_guardian_agrees(nursery, child):
    from PIL import Image

    from services.child_files.actions import consents, papers
    from services.child_files.queries.files import consents_standing

    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "示例甲"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (800, 800), "white").save(picture, "JPEG", exif=exif)
    paper = papers.add_paper(child, kind="photo", upload=picture, by=nursery.teacher, now=nursery.now)
    type(paper).objects.unscoped().update(scan="clean")
    stored = paper.file.open("rb").read()
    assert dict(Image.open(io.BytesIO(stored)).getexif()) == {}
    desk = signed_in(nursery.teacher)
    shown = desk.get(_file(child)).content.decode()
    assert "<img" not in shown.split("child-file")[1].split("</section>")[0]
    address = next(part.split('"')[0] for part in shown.split('href="') if f"/papers/{paper.token}/" in part)
    assert desk.get(address).status_code == 200
    assert signed_in(nursery.officer).get(address).status_code == 404
    assert not papers.link_holds(paper, nursery.officer, papers.link_to(paper, nursery.teacher))
    consents.withdraw(consents_standing(child)[Purpose.PHOTO_INSIDE], now=nursery.now)
    assert desk.get(address).status_code == 404
    assert paper.token not in desk.get(_file(child)).content.decode()
