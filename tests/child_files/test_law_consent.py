"""The checklist of the law, E2.01 to E2.08: consent, line by line. Each test bears the number of its line."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from services.child_files import errors
from services.child_files.actions import caring, consents, filling, keeping_up, links
from services.child_files.actions.notices import publish_notice
from services.child_files.actions.switching import assess, switch
from services.child_files.enums import Answer, Ended, FileState, Purpose
from services.child_files.forms.records import ConsentForm
from services.child_files.models import Child, ChildConsent, Guardian, GuardianshipLink, PurposeSwitch
from services.child_files.queries.consents import open_questions
from services.child_files.queries.files import agrees, consents_standing, files_for
from services.exchange.actions.exports import ask_for_export
from services.exchange.enums import ExportState
from services.exchange.models import Export
from services.foundation.exports import exports
from tests.child_files.desk import signed_in
from tests.factories.child_files import MOTHER, Nursery, Stated

pytestmark = pytest.mark.django_db


@pytest.fixture
def nursery():
    return Nursery()


def test_e2_01_without_a_guardians_consent_only_her_contact_is_storable(nursery):
    child = nursery.draft()
    links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    child = nursery.fresh(child)
    assert child.state == FileState.CONSENT_PENDING
    details = {"name": "示例甲", "sex": "F", "birth_date": nursery.today - timedelta(days=3000)}
    with pytest.raises(errors.NoSuchStep):
        filling.fill_basics(child, by=nursery.teacher, now=nursery.now, **details)
    with pytest.raises(errors.NoSuchStep):
        filling.set_absence(child, parent="father", works_at="示例", by=nursery.teacher, now=nursery.now)
    child.name, child.birth_date, child.sex = "示例甲", "2018-01-01", "F"
    with pytest.raises(IntegrityError), transaction.atomic():
        child.save()
    nursery.say(child, Purpose.HOME_SERVICE)
    assert nursery.fresh(child).state == FileState.ACTIVE


def test_e2_02_purposes_are_asked_one_by_one_and_none_is_answered_beforehand(nursery):
    child = nursery.draft()
    questions = open_questions(child, nursery.now)
    assert [purpose for purpose, _notice in questions] == list(Purpose)
    form = ConsentForm(guardians=GuardianshipLink.objects.unscoped().filter(child=child), questions=questions)
    asked = [name for name in form.fields if name.startswith("say_")]
    assert len(asked) == len(Purpose)
    assert all(form[name].value() is None for name in asked)
    assert "checked" not in "".join(str(form[name]) for name in asked)


def test_e2_02_a_no_to_photos_never_blocks_the_enrolment(nursery):
    child = nursery.draft()
    nursery.say(child, Purpose.PHOTO_INSIDE, yes=False)
    nursery.say(child, Purpose.PHOTO_PUBLISHED, yes=False)
    nursery.say(child, Purpose.HOME_SERVICE)
    assert nursery.fresh(child).state == FileState.ACTIVE
    assert not agrees(child, Purpose.PHOTO_INSIDE)


def test_e2_02_refusing_is_as_easy_as_agreeing(nursery, client):
    child = nursery.draft()
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    from tests.child_files.desk import let_in

    let_in(client, link, fact=MOTHER.name)
    page = client.get(reverse("child_files:say", args=["photo_inside"])).content.decode()
    buttons = [part.split(">")[0] for part in page.split("<button") if 'name="answer"' in part.split(">")[0]]
    yes, no = buttons
    assert yes.replace('"yes"', '"no"') == no


def test_e2_03_the_terms_of_an_answer_are_all_on_record_and_never_change(nursery):
    child = nursery.draft()
    how = consents.Given("sms_code", language="en", address="192.0.2.7", device="示例浏览器")
    given = nursery.say(child, Purpose.HOME_SERVICE, how=how)
    assert given.notice.version == 1
    assert given.notice_digest == given.notice.digest == given.notice.digest_of_words()
    assert (given.language, given.relation, given.basis, given.method) == ("en", "mother", "parent", "sms_code")
    assert given.giver == nursery.guardian(child)
    assert given.device == "示例浏览器"
    assert given.address_index == ChildConsent.index_of_address("192.0.2.7")
    assert given.expires_on > nursery.today
    given.language = "zh-hans"
    with pytest.raises(TypeError):
        given.save()
    with pytest.raises(TypeError):
        ChildConsent.objects.unscoped().filter(pk=given.pk).update(answer=Answer.REFUSED)
    with pytest.raises(TypeError):
        given.delete()
    with pytest.raises(TypeError):
        ChildConsent.objects.unscoped().delete()


@pytest.mark.parametrize("method", ["signed_scan", "in_person"])
def test_e2_03_paper_and_witness_need_what_proves_them(nursery, method):
    child = nursery.draft()
    with pytest.raises(errors.ConsentEvidenceMissing):
        nursery.say(child, Purpose.HOME_SERVICE, how=consents.Given(method), by=nursery.teacher)
    how = consents.Given(method, evidence="见证人：示例校长")
    assert nursery.say(child, Purpose.HOME_SERVICE, how=how, by=nursery.teacher).recorded_by == nursery.teacher


def test_e2_04_a_carer_without_guardianship_cannot_consent(nursery):
    child = nursery.child()
    carer = nursery.entrust(child)
    with pytest.raises(errors.NotAGuardian):
        nursery.say(child, Purpose.PHOTO_INSIDE, giver=carer)
    grandmother = Stated("示例奶奶", "19900004321", "grandparent", "parent")
    with pytest.raises(errors.NotAGuardian):
        nursery.draft(grandmother)
    with pytest.raises(errors.EvidenceMissing):
        nursery.draft(Stated("示例奶奶", "19900004321", "grandparent", "designated"))
    proved = nursery.draft(
        Stated("示例奶奶", "19900004321", "grandparent", "designated", "示例村委会指定书 2026-03-01")
    )
    nursery.say(proved, Purpose.HOME_SERVICE)
    assert nursery.fresh(proved).state == FileState.ACTIVE


def test_e2_04_the_database_itself_knows_no_grandparent_as_a_parent(nursery):
    child = nursery.draft()
    guardian = Guardian.objects.unscoped().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        GuardianshipLink.objects.create(
            child=child, guardian=guardian, relation="grandparent", basis="parent", valid_from=nursery.today
        )


def test_e2_04_a_guardianship_that_is_over_consents_to_nothing(nursery):
    child = nursery.child()
    link = nursery.guardian(child)
    link.valid_from, link.valid_to = nursery.today - timedelta(days=9), nursery.today - timedelta(days=1)
    link.save()
    with pytest.raises(errors.NotAGuardian):
        nursery.say(child, Purpose.HEALTH, giver=link)


def _wider(nursery, **changes):
    given = {"kinds": ["photo"], "recipients": []} | changes
    return publish_notice(
        purpose="photo_inside", title="照片", body="示例", by=nursery.privacy, now=nursery.now, **given
    )


def test_e2_05_a_wider_notice_asks_again_and_a_no_keeps_the_old_scope(nursery):
    child = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.PHOTO_INSIDE])
    asked = {purpose for purpose, _notice in open_questions(child, nursery.now)}
    assert Purpose.PHOTO_INSIDE not in asked
    _wider(nursery, recipients=["public"])
    assert Purpose.PHOTO_INSIDE in {purpose for purpose, _notice in open_questions(child, nursery.now)}
    before = consents_standing(child)[Purpose.PHOTO_INSIDE]
    nursery.say(child, Purpose.PHOTO_INSIDE, yes=False)
    assert consents_standing(child)[Purpose.PHOTO_INSIDE] == before
    assert before.notice.recipients == []
    assert Purpose.PHOTO_INSIDE not in {purpose for purpose, _notice in open_questions(child, nursery.now)}


def test_e2_05_a_notice_that_names_no_more_asks_nobody_again(nursery):
    child = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.PHOTO_INSIDE])
    _wider(nursery)
    assert Purpose.PHOTO_INSIDE not in {purpose for purpose, _notice in open_questions(child, nursery.now)}


def test_e2_05_nobody_agrees_to_words_that_have_changed(nursery):
    child = nursery.draft()
    old = nursery.say(child, Purpose.PHOTO_INSIDE, yes=False).notice
    _wider(nursery, recipients=["public"])
    with pytest.raises(errors.NoticeChanged):
        consents.answer(
            nursery.guardian(child),
            purpose=Purpose.PHOTO_INSIDE,
            yes=True,
            notice=old,
            how=consents.Given("sms_code"),
            now=nursery.now,
        )


def test_e2_06_a_withdrawal_hides_the_file_from_lists_exports_and_approvals_at_once(nursery):
    child = nursery.child()
    export = ask_for_export(exports["children"], by=nursery.teacher, query="", now=nursery.now)
    assert Export.objects.get(pk=export.pk).state == ExportState.DONE
    consents.withdraw(consents_standing(child)[Purpose.HOME_SERVICE], by=nursery.officer, now=nursery.now)
    assert nursery.fresh(child).state == FileState.RESTRICTED
    assert not files_for(nursery.teacher).exists()
    made = Export.objects.get(pk=export.pk)
    assert (made.state, bool(made.file)) == (ExportState.DELETED, False)
    desk = signed_in(nursery.teacher)
    assert desk.get(reverse("child_files_desk:file", args=[child.token])).status_code == 404
    assert child.code not in desk.get(reverse("child_files_desk:list")).content.decode()


def test_e2_06_staff_who_get_the_call_end_it_in_three_clicks(nursery):
    child = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.HEALTH])
    desk = signed_in(nursery.officer)
    listed = desk.get(reverse("child_files_desk:list")).content.decode()
    file = reverse("child_files_desk:file", args=[child.token])
    assert file in listed
    withdraw = reverse("child_files_desk:withdraw", args=[child.token, "health"])
    assert withdraw in desk.get(file).content.decode()
    assert desk.post(withdraw).status_code == 302
    assert not agrees(child, Purpose.HEALTH)
    assert agrees(child, Purpose.HOME_SERVICE)


def test_e2_06_what_was_done_before_stays_and_is_frozen(nursery):
    child = nursery.child()
    caring.note_growth(child, kind="study", note="示例", on=nursery.today, by=nursery.teacher, now=nursery.now)
    consents.withdraw(consents_standing(child)[Purpose.HOME_SERVICE], now=nursery.now)
    assert child.growth.count() == 1
    with pytest.raises(errors.NoSuchStep):
        caring.note_growth(child, kind="study", note="示例", on=nursery.today, by=nursery.teacher, now=nursery.now)


def test_e2_07_on_the_fourteenth_birthday_the_file_falls_due_for_review(nursery):
    today = nursery.today
    child = nursery.child(born=date(today.year - 14, today.month, min(today.day, 28)) + timedelta(days=5))
    assert child.age_band == "12_13"
    later = nursery.now + timedelta(days=10)
    keeping_up.follow_ages(now=later)
    keeping_up.call_reviews(now=later)
    child = nursery.fresh(child)
    assert (child.age_band, child.state) == ("14_15", FileState.REVIEW_DUE)
    filling.tell_at_fourteen(child, by=nursery.teacher, now=later)
    caring.review(child, by=nursery.teacher, now=later)
    keeping_up.follow_ages(now=later + timedelta(days=1))
    child = nursery.fresh(child)
    assert child.state == FileState.ACTIVE
    assert child.own_notice_on is not None
    assert child.review_due_on > today + timedelta(days=300)


def test_e2_07_from_eight_years_on_the_childs_own_opinion_is_missed_until_it_is_heard(nursery):
    from services.child_files.queries import board
    from services.child_files.queries.files import rules_of

    child = nursery.child(born=nursery.today - timedelta(days=365 * 10))
    nursery.entrust(child)
    days = board.days_on(nursery.today, rules_of(nursery.programme))
    assert board.OPINION in board.late_for(child, days)
    filling.hear(child, about="care", agrees=True, said="好", on=nursery.today, by=nursery.teacher, now=nursery.now)
    assert board.OPINION not in board.late_for(child, days)


def test_e2_08_the_identity_number_is_off_and_needs_reason_and_assessment(nursery):
    child = nursery.child(born=date(2015, 6, 1))
    details = {"name": child.name, "sex": "M", "birth_date": date(2015, 6, 1), "id_number": "990000201506011234"}
    with pytest.raises(errors.NumberOff):
        filling.fill_basics(child, by=nursery.teacher, now=nursery.now, **details)
    with pytest.raises(errors.AssessmentNeeded):
        switch(nursery.programme, purpose="id_number", on=True, reason="示例", by=nursery.privacy, now=nursery.now)
    assess(
        nursery.programme,
        purpose="id_number",
        number="PIA-9",
        necessity="示例",
        risks="示例",
        measures="示例",
        by=nursery.privacy,
        now=nursery.now,
    )
    with pytest.raises(errors.ReasonNeeded):
        switch(nursery.programme, purpose="id_number", on=True, by=nursery.privacy, now=nursery.now)
    switch(nursery.programme, purpose="id_number", on=True, reason="学籍核对", by=nursery.privacy, now=nursery.now)
    filling.fill_basics(child, by=nursery.teacher, now=nursery.now, **details)
    assert nursery.fresh(child).id_number == "990000201506011234"
    with pytest.raises(errors.NumberUnfit):
        wrong = details | {"id_number": "990000201506011235"}
        filling.fill_basics(child, by=nursery.teacher, now=nursery.now, **wrong)


def test_e2_08_the_database_refuses_a_switch_without_an_assessment(nursery):
    with pytest.raises(IntegrityError), transaction.atomic():
        PurposeSwitch.objects.filter(purpose="health").update(assessment=None)


def test_e2_08_ethnicity_religion_and_biometrics_have_no_column():
    from django.apps import apps

    words = ("ethnic", "religio", "biometric", "face", "fingerprint", "nation", "faith", "iris")
    for model in apps.get_app_config("child_files").get_models():
        names = [field.name for field in model._meta.get_fields()]
        assert [name for name in names if any(word in name for word in words)] == [], model


def test_a_refusal_of_the_care_itself_is_not_asked_again(nursery):
    child = nursery.draft()
    for purpose in Purpose:
        nursery.say(child, purpose, yes=False)
    assert nursery.fresh(child).state == FileState.DRAFT
    with pytest.raises(errors.AskedAlready):
        links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)


def test_an_agreement_ends_with_its_time_and_the_file_is_locked(nursery):
    child = nursery.child()
    later = nursery.now + timedelta(days=366 * 3 + 2)
    assert consents.expire_consents(now=later) == 1
    assert nursery.fresh(child).state == FileState.RESTRICTED
    assert child.consents.unscoped().get().ended_because == Ended.EXPIRED
    assert child.enrolments.get().exit_reason == "consent_withdrawn"


def test_a_guardian_who_agrees_again_puts_the_file_back_in_use(nursery):
    child = nursery.child()
    consents.withdraw(consents_standing(child)[Purpose.HOME_SERVICE], now=nursery.now)
    nursery.say(child, Purpose.HOME_SERVICE)
    child = nursery.fresh(child)
    assert (child.state, child.ended_on, child.purge_on) == (FileState.ACTIVE, None, None)
    assert child.enrolments.filter(to_on__isnull=True).count() == 1


def test_the_same_answer_twice_is_one(nursery):
    child = nursery.draft()
    first = nursery.say(child, Purpose.HOME_SERVICE)
    assert nursery.say(child, Purpose.HOME_SERVICE) == first


def test_one_child_has_one_file_in_a_home(nursery):
    child = nursery.child(name="示例甲", born=date(2017, 5, 5))
    with pytest.raises(errors.OnFileAlready) as refused:
        nursery.child(name="示例甲", born=date(2017, 5, 5))
    assert refused.value.context == {"code": child.code}
    assert "示例甲" not in refused.value.message(staff=True)


def test_constraints_speak_before_the_database_does(nursery):
    child = Child(home=nursery.home, code="X-1", state="draft", state_since=nursery.now, created_at=nursery.now)
    child.sex = "F"
    with pytest.raises(ValidationError):
        child.validate_constraints()
