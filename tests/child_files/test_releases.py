"""Workbooks in clear (D26): pseudonyms unless two people release them, with reason, time limit and record."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from services.child_files import errors
from services.child_files.actions import consents, links, releasing
from services.child_files.enums import Purpose, ReleaseState
from services.child_files.models import FileRead, Release
from services.child_files.queries.audit import audit_of
from services.child_files.queries.files import consents_standing
from services.child_files.rules.clocks import RELEASE_COPIES
from services.child_files.todos import todos_for
from services.messaging.models import Message
from services.organizations.enums import Role
from services.privacy.models import AccessRecord
from tests.child_files.desk import let_in, signed_in
from tests.factories.child_files import Nursery, holder
from tests.factories.childrens_homes import HomeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nursery():
    return Nursery()


def asked(nursery, **more) -> Release:
    given = {
        "fields": ["guardian", "name"],
        "purpose": "safety",
        "reason": "台风期间联系家长",
        "leader": nursery.leader,
        "by": nursery.teacher,
        "now": nursery.now,
    }
    return releasing.ask_release(nursery.home, **given | more)


def released(nursery, **more) -> Release:
    made = asked(nursery, **more)
    for who in (nursery.leader, nursery.privacy):
        made = releasing.decide_release(made, yes=True, by=who, now=more.get("now", nursery.now))
    return made


def page(name: str, *args) -> str:
    return reverse(f"child_files_desk:{name}", args=args)


def lines(answer) -> list[tuple]:
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return list(book.worksheets[1].iter_rows(values_only=True))


def test_by_clicks_one_asks_two_release_and_the_asker_takes_it(nursery):
    child = nursery.child()
    desk = signed_in(nursery.teacher)
    data = {"home": nursery.home.code, "fields_asked": ["name", "guardian"], "purpose": "trip", "reason": "秋游签到"}
    answer = desk.post(page("release_ask"), data | {"leader": nursery.leader.pk})
    made = Release.objects.unscoped().get()
    here = page("release", made.token)
    assert answer["Location"] == here
    assert desk.post(page("release_copy", made.token)).status_code == 302
    assert not FileRead.objects.unscoped().exists()
    for user, state in ((nursery.leader, "first_yes"), (nursery.privacy, "released")):
        assert any(todo.url == page("releases") for todo in todos_for(user))
        assert signed_in(user).post(here, {"yes": "yes"}).status_code == 302
        assert Release.objects.unscoped().get().state == state
    answer = desk.post(page("release_copy", made.token))
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    rows = lines(answer)
    assert rows[1] == (child.code, child.name, "示例妈妈", "19900001234")
    made.refresh_from_db()
    assert (made.copies, made.rows, len(made.digest)) == (1, 1, 64)
    read = FileRead.objects.unscoped().get()
    assert (read.child, read.viewer, read.release, read.purpose) == (child, nursery.teacher, made, "release")
    assert AccessRecord.objects.filter(routine=False).get().reason == "秋游签到"
    told = Message.objects.filter(key__startswith="child-files-release")
    assert told.count() == 3 and child.name not in "".join(f"{one.body}{one.link}" for one in told)


def test_nobody_releases_her_own_nor_twice_nor_without_being_named(nursery):
    nursery.child()
    with pytest.raises(errors.NobodyToApprove):
        asked(nursery, by=nursery.leader)
    made = asked(nursery)
    for who in (nursery.teacher, nursery.officer, nursery.privacy, nursery.city):
        with pytest.raises(PermissionDenied):
            releasing.decide_release(made, yes=True, by=who, now=nursery.now)
    releasing.decide_release(made, yes=True, by=nursery.leader, now=nursery.now)
    # The leader who guards the data as well doesn't stand for two.
    both = holder(nursery.tree["county_a"], Role.PRIVACY_OFFICER)
    with pytest.raises(PermissionDenied):
        releasing.decide_release(made, yes=True, by=nursery.leader, now=nursery.now)
    releasing.decide_release(made, yes=True, by=both, now=nursery.now)
    for change in ({"guard": nursery.teacher}, {"guard": nursery.leader}, {"leader": nursery.teacher}, {"guard": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.unscoped().update(**change)


def test_one_no_ends_it_and_says_why(nursery):
    nursery.child()
    made = releasing.decide_release(asked(nursery), yes=True, by=nursery.leader, now=nursery.now)
    with pytest.raises(errors.ReasonNeeded):
        releasing.decide_release(made, yes=False, by=nursery.privacy, now=nursery.now)
    releasing.decide_release(made, yes=False, note="看遮挡名单即可", by=nursery.privacy, now=nursery.now)
    with pytest.raises(errors.DecidedAlready):
        releasing.decide_release(made, yes=True, by=nursery.privacy, now=nursery.now)
    with pytest.raises(errors.OverBefore):
        releasing.take_copy(made, by=nursery.teacher, now=nursery.now)
    assert "看遮挡名单即可" in signed_in(nursery.teacher).get(page("release", made.token)).content.decode()


def test_it_ends_by_the_clock_by_the_hand_and_after_three_copies(nursery):
    nursery.child()
    made = released(nursery)
    with pytest.raises(errors.OverBefore):
        releasing.take_copy(made, by=nursery.teacher, now=nursery.now + timedelta(hours=24))
    for _time in range(RELEASE_COPIES):
        releasing.take_copy(made, by=nursery.teacher, now=nursery.now)
    with pytest.raises(errors.CopiesUsedUp):
        releasing.take_copy(made, by=nursery.teacher, now=nursery.now)
    releasing.end_release(made, by=nursery.privacy, now=nursery.now)
    waiting = asked(nursery)
    with pytest.raises(errors.OverBefore):
        releasing.decide_release(waiting, yes=True, by=nursery.leader, now=nursery.now + timedelta(days=8))
    assert releasing.end_overdue(now=nursery.now + timedelta(days=8)) == 1
    assert set(Release.objects.unscoped().values_list("state", flat=True)) == {ReleaseState.ENDED}


def test_what_leaves_is_of_one_home_and_of_this_moment(nursery):
    stays, gone = nursery.child(), nursery.child()
    elsewhere = HomeFactory(host=nursery.tree["school_b"], programme=nursery.programme, code="LSZJ-990001-002")
    nursery.child(home=elsewhere, by=holder(nursery.tree["school_b"], Role.HOME_TEACHER))
    made = released(nursery, by=nursery.officer, fields=["name", "class", "guardian", "carer"])
    consents.withdraw(consents_standing(gone)[Purpose.HOME_SERVICE], now=nursery.now)
    answer = signed_in(nursery.officer).post(page("release_copy", made.token))
    rows = lines(answer)
    assert [row[0] for row in rows[1:]] == [stays.code]
    text = "".join(str(cell) for row in rows for cell in row)
    assert stays.birth_date not in text and "三年级一班" in text


def test_the_guardian_and_the_yearly_report_tell_of_it(nursery, client):
    child = nursery.child()
    made = released(nursery)
    releasing.take_copy(made, by=nursery.teacher, now=nursery.now)
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    let_in(client, link, fact=child.birth_date)
    assert [row["released"] for row in client.get(reverse("child_files:looks")).context["rows"]] == [True]
    audit = audit_of((nursery.tree["city"].path,), nursery.today.year)
    assert audit["releases"] == {"all": 1, "released": 1, "refused": 0, "copies": 1}
    assert (audit["reads"]["released"], audit["reads"]["revealed"], audit["reads"]["by_post"]) == (1, 0, 0)


def test_what_cannot_be_asked_is_refused_beside_its_field(nursery):
    desk = signed_in(nursery.teacher)
    data = {"home": nursery.home.code, "purpose": "trip", "reason": "示例理由", "leader": nursery.leader.pk}
    assert "fields_asked" in desk.post(page("release_ask"), data).context["form"].errors
    answer = desk.post(page("release_ask"), data | {"fields_asked": ["name"]})
    assert "home" in answer.context["form"].errors
    nursery.child()
    answer = desk.post(page("release_ask"), data | {"fields_asked": ["name"], "reason": "x"})
    assert "reason" in answer.context["form"].errors
    asked(nursery)
    with pytest.raises(errors.AskedTwice):
        asked(nursery)
    assert signed_in(nursery.town).get(page("release_ask")).status_code == 403
