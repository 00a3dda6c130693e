"""A file is put right: what is wrong goes, a guardian is reached where she is, and what she asks for can be done."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from services.child_files import errors
from services.child_files.actions import caring, filling, links, putting_right, requests
from services.child_files.enums import Purpose
from services.child_files.rules.guardianship import Stated
from services.child_files.todos import todos_for
from tests.child_files.desk import signed_in
from tests.factories.child_files import MOTHER, Nursery

pytestmark = pytest.mark.django_db


@pytest.fixture
def nursery():
    return Nursery()


@pytest.fixture
def child(nursery):
    return nursery.child()


def test_e2_10_what_is_wrong_or_not_needed_is_taken_out_for_good(nursery, child):
    """PIPL Arts. 46 and 47: a guardian's request can be fulfilled, and the home holds no more than it needs."""
    by, now, today = nursery.teacher, nursery.now, nursery.today
    caring.note_growth(child, kind="talk", note="写到别人的档案里了", on=today, by=by, now=now)
    caring.note_contact(child, channel="phone", at=now, minutes=3, by=by, now=now)
    nursery.entrust(child)
    nursery.absence(child)
    desk = signed_in(by)
    assert nursery.fresh(child).has_parent_place and nursery.fresh(child).has_carer_address
    for what, rows in putting_right.TAKEN_OUT.items():
        for one in getattr(child, rows).all():
            page = reverse("child_files_desk:take_out", args=[child.token, what, one.pk])
            assert page in desk.get(reverse("child_files_desk:file", args=[child.token])).content.decode()
            assert desk.post(page).status_code == 302
            assert desk.post(page).status_code == 404
        assert not getattr(child, rows).exists()
    left = nursery.fresh(child)
    assert not left.has_parent_place and not left.has_carer_address and not left.complete
    other = nursery.child(name="示例别人")
    theirs = caring.note_contact(other, channel="phone", at=now, minutes=3, by=by, now=now)
    assert desk.post(reverse("child_files_desk:take_out", args=[child.token, "contact", theirs.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        putting_right.take_out(other, "contact", theirs.pk, by=nursery.officer, now=now)


def test_e2_10_a_mistyped_phone_is_corrected_before_a_stranger_opens_the_link(nursery):
    child = nursery.draft()
    mother, by, now = nursery.guardian(child), nursery.teacher, nursery.now
    link = links.send_link(mother, by=by, now=now)
    reach = {"name": "示例母亲", "phone": "19900007777", "address": "", "lives_with_child": False}
    putting_right.correct_guardian(mother, **reach, by=by, now=now)
    assert links.live_link(link.secret, now) is None
    mother = nursery.guardian(child)
    assert (mother.guardian.name, mother.guardian.phone) == ("示例母亲", "19900007777")
    nursery.say(child, Purpose.HOME_SERVICE)
    with pytest.raises(errors.NameFixed):
        putting_right.correct_guardian(mother, **reach | {"name": "示例姑姑"}, by=by, now=now)
    page = reverse("child_files_desk:correct_guardian", args=[child.token, mother.pk])
    sent = {"name": "示例姑姑", "phone": "19900008888", "address": "示例县示例村"}
    assert signed_in(by).post(page, sent).status_code == 302
    mother = nursery.guardian(child)
    assert (mother.guardian.name, mother.guardian.phone) == ("示例母亲", "19900008888")


def test_e2_10_brothers_and_sisters_keep_one_guardian_whatever_is_corrected(nursery, child):
    sister = nursery.draft(Stated("示例妈妈", "19900009999", "mother", "parent"))
    hers = nursery.guardian(sister)
    reach = {"name": MOTHER.name, "phone": MOTHER.phone, "address": "", "lives_with_child": True}
    putting_right.correct_guardian(hers, **reach, by=nursery.teacher, now=nursery.now)
    assert nursery.guardian(sister).guardian == nursery.guardian(child).guardian
    assert nursery.guardian(sister).lives_with_child


def test_a_guardianship_ends_once_another_guardian_is_there(nursery, child):
    mother, by, now = nursery.guardian(child), nursery.teacher, nursery.now
    link = links.send_link(mother, by=by, now=now)
    with pytest.raises(errors.LastGuardian):
        putting_right.end_guardianship(mother, on=nursery.today, by=by, now=now)
    filling.add_guardian(child, guardian=Stated("示例爸爸", "19900001111", "father", "parent"), by=by, now=now)
    with pytest.raises(errors.DayOdd):
        putting_right.end_guardianship(mother, on=nursery.today + timedelta(days=1), by=by, now=now)
    desk = signed_in(by)
    page = reverse("child_files_desk:end_guardian", args=[child.token, mother.pk])
    assert desk.post(page, {"on": nursery.today.isoformat()}).status_code == 302
    assert links.live_link(link.secret, now) is None
    ended = nursery.guardian(child)
    assert ended.valid_to == nursery.today
    assert putting_right.end_guardianship(ended, on=nursery.today, by=by, now=now).valid_to == nursery.today
    assert desk.get(reverse("child_files_desk:file", args=[child.token])).status_code == 200


def test_e2_10_the_teacher_reads_what_she_has_to_put_right_and_no_complaint(nursery, child):
    requests.receive(nursery.guardian(child), kind="correct", words="生日写错了", now=nursery.now)
    requests.receive(nursery.guardian(child), kind="complain", words="老师态度不好", now=nursery.now)
    desk = signed_in(nursery.teacher)
    page = desk.get(reverse("child_files_desk:file", args=[child.token])).content.decode()
    assert "生日写错了" in page and "老师态度不好" not in page
    found = desk.get(f"{reverse('child_files_desk:list')}?asked=1").content.decode()
    assert child.code in found
    assert any("asked=1" in todo.url for todo in todos_for(nursery.teacher))
    assert not any("asked=1" in todo.url for todo in todos_for(nursery.officer))
