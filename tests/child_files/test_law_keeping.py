"""The checklist of the law, E2.17 to E2.26: keeping, deleting, sharing, incidents, the yearly report; T71 and T74."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from services.casework.models import private_storage
from services.child_files import errors
from services.child_files.actions import consents, links, moving, papers, requests, retention, sharing, switching
from services.child_files.enums import FileState, Purpose
from services.child_files.models import Child, ChildPaper, ImpactAssessment, RetentionRun, Traits
from services.child_files.queries.audit import audit_of
from services.child_files.queries.files import consents_standing
from tests.child_files.counting import report_now
from tests.child_files.desk import let_in, signed_in
from tests.factories.child_files import MOTHER, Nursery, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def nursery():
    return Nursery()


def _rule(nursery, years: int = 3):
    return retention.set_rule(
        nursery.tree["city"],
        years=years,
        basis="示例办法",
        valid_from=nursery.today - timedelta(days=900),
        by=nursery.privacy,
        now=nursery.now,
    )


def _left(nursery, child):
    """Left today, locked some weeks later."""
    moving.exit_file(child, why="moved", on=nursery.today, by=nursery.teacher, now=nursery.now)
    retention.restrict_ended(now=nursery.now + timedelta(days=40))
    return nursery.fresh(child)


def _full(nursery):
    child = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.PHOTO_INSIDE])
    nursery.entrust(child)
    nursery.absence(child)
    papers.add_paper(child, kind="photo", upload=jpeg(), by=nursery.teacher, now=nursery.now)
    return nursery.fresh(child)


def test_e2_17_a_child_that_left_is_locked_and_made_anonymous_when_its_term_is_over(nursery):
    _rule(nursery)
    child = _full(nursery)
    path = ChildPaper.objects.unscoped().get().file.name
    code, token = child.code, child.token
    child = _left(nursery, child)
    assert child.state == FileState.RESTRICTED
    assert retention.anonymise_due(by=None, now=nursery.now + timedelta(days=1000)) == []
    run = retention.anonymise_due(by=None, now=nursery.now + timedelta(days=1100))[0]
    child = nursery.fresh(child)
    assert (child.state, child.name, child.birth_date, child.school_class) == (FileState.ANONYMISED, "", "", "")
    assert (child.sex, child.age_band) != ("", "")
    assert code != child.code
    assert token != child.token
    assert child.enrolments.get().exit_reason == "moved"
    for name in ("absences", "delegations", "contacts", "growth", "opinions"):
        assert not getattr(child, name).exists()
    assert not Traits.objects.unscoped().exists()
    guardian = nursery.guardian(child).guardian
    assert (guardian.name, guardian.phone, guardian.person_index) == ("", "", "")
    assert (run.files, run.papers) == (1, 1)
    assert len(run.digest) == 64
    assert run.gone_from_backups_on > nursery.today
    assert ChildPaper.objects.unscoped().get().file.name == ""
    assert path


def test_e2_17_without_a_rule_nothing_is_made_anonymous(nursery):
    child = _left(nursery, nursery.child())
    assert child.purge_on is None
    with pytest.raises(errors.NoRule):
        retention.anonymise_due(by=nursery.privacy, now=nursery.now, city=nursery.tree["city"])
    _rule(nursery, years=0)
    assert nursery.fresh(child).purge_on == child.ended_on
    with pytest.raises(PermissionDenied):
        retention.anonymise_due(by=nursery.city, now=nursery.now, city=nursery.tree["city"])


def test_e2_17_the_sister_keeps_her_mother(nursery):
    _rule(nursery, years=0)
    gone, sister = nursery.child(), nursery.child()
    _left(nursery, gone)
    retention.anonymise_due(by=None, now=nursery.now + timedelta(days=1))
    assert nursery.guardian(sister).guardian.name == MOTHER.name


def test_e2_17_the_photo_is_off_the_disk(nursery, django_capture_on_commit_callbacks):
    _rule(nursery, years=0)
    child = _full(nursery)
    path = ChildPaper.objects.unscoped().get().file.name
    assert private_storage().exists(path)
    _left(nursery, child)
    with django_capture_on_commit_callbacks(execute=True):
        retention.anonymise_due(by=None, now=nursery.now + timedelta(days=1))
    assert not private_storage().exists(path)


def test_t71_statistics_are_the_same_after_anonymising(nursery):
    _rule(nursery, years=0)
    staying = [nursery.child() for _number in range(12)]
    leaving = [nursery.child() for _number in range(3)]
    for child in leaving:
        _left(nursery, child)
    paths = (nursery.tree["city"].path,)
    enrolled = Child.objects.unscoped().filter(enrolments__isnull=False).count()
    bands = sorted(Child.objects.unscoped().values_list("age_band", "sex"))
    before = report_now(paths, nursery.today)
    retention.anonymise_due(by=None, now=nursery.now + timedelta(days=1))
    after = report_now(paths, nursery.today)
    assert (after.lines, after.total) == (before.lines, before.total)
    assert after.total.children == len(staying)
    assert Child.objects.unscoped().filter(enrolments__isnull=False).count() == enrolled
    assert sorted(Child.objects.unscoped().values_list("age_band", "sex")) == bands


def test_e2_18_drafts_nobody_agreed_to_are_erased_after_thirty_days(nursery):
    child = nursery.draft()
    assert retention.erase_drafts(now=nursery.now + timedelta(days=29)) == []
    run = retention.erase_drafts(now=nursery.now + timedelta(days=31))[0]
    assert (run.kind, run.files) == ("drafts", 1)
    assert nursery.fresh(child).state == FileState.ERASED
    assert nursery.guardian(child).guardian.phone == ""
    assert retention.erase_drafts(now=nursery.now + timedelta(days=32)) == []


def test_e2_18_the_run_is_on_the_officers_desk(nursery):
    nursery.draft()
    retention.erase_drafts(now=nursery.now + timedelta(days=31))
    shown = signed_in(nursery.privacy).get(reverse("child_files_desk:privacy")).content.decode()
    assert RetentionRun.objects.unscoped().get().digest[:16] in shown


def test_e2_19_files_lie_in_private_storage_under_names_of_ours(nursery):
    child = _full(nursery)
    paper = ChildPaper.objects.unscoped().get()
    assert paper.file.storage == private_storage()
    assert paper.file.name == f"children/{paper.token[:2]}/{paper.token}.jpg"
    assert child.name not in paper.file.name
    from django.test import Client

    assert Client().get(f"/media/{paper.file.name}").status_code == 404


def test_e2_19_no_model_of_children_has_revisions_or_is_a_snippet_page_or_indexed():
    from django.apps import apps
    from wagtail.models import RevisionMixin
    from wagtail.search.index import Indexed
    from wagtail.snippets.models import get_snippet_models

    models = list(apps.get_app_config("child_files").get_models())
    assert [model for model in models if issubclass(model, RevisionMixin | Indexed)] == []
    assert set(models) & set(get_snippet_models()) == set()


def test_e2_21_a_drill_gives_list_letters_and_the_time_they_took(nursery):
    child = nursery.child()
    other = nursery.child()
    told = {"kinds": "姓名", "cause": "示例起因", "harm": "示例", "measures": "示例措施", "contact": "0990-0000000"}
    incident = sharing.record_incident(
        nursery.tree["city"],
        codes=[child.code, "unknown"],
        found_at=nursery.now - timedelta(hours=2),
        drill=True,
        by=nursery.privacy,
        now=nursery.now,
        **told,
    )
    assert list(incident.children.unscoped()) == [child]
    page = reverse("child_files_desk:incident", args=[incident.token])
    desk = signed_in(nursery.privacy)
    shown = desk.get(page).content.decode()
    assert child.code in shown
    assert other.code not in shown
    assert child.name not in shown
    assert shown.count("示例起因") >= 2
    desk.post(page)
    incident.refresh_from_db()
    assert incident.letters_at - incident.found_at >= timedelta(hours=2)
    with pytest.raises(PermissionDenied):
        sharing.draft_letters(incident, by=nursery.officer, now=nursery.now)


def test_e2_22_the_yearly_report_counts_what_happened(nursery):
    child = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.HEALTH])
    signed_in(nursery.teacher).get(reverse("child_files_desk:file", args=[child.token]))
    consents.withdraw(consents_standing(child)[Purpose.HEALTH], now=nursery.now)
    requests.receive(nursery.guardian(child), kind="copy", words="", now=nursery.now)
    found = audit_of((nursery.tree["city"].path,), nursery.today.year)
    assert (found["reads"]["all"], found["reads"]["by_post"], found["reads"]["people"]) == (1, 1, 1)
    health = next(one for one in found["consents"] if one["purpose"] == Purpose.HEALTH)
    assert (health["given"], health["withdrawn"]) == (1, 1)
    assert sum(count for _label, count in found["requests"]) == 1
    assert len(found["assessments"]) == len(Purpose)
    page = reverse("child_files_desk:audit", args=[nursery.today.year])
    assert signed_in(nursery.privacy).get(page).status_code == 200
    assert signed_in(nursery.privacy).get(reverse("child_files_desk:audit", args=[1066])).status_code == 404


def test_e2_23_no_purpose_is_used_before_its_assessment_and_that_is_kept_three_years():
    nursery = Nursery(purposes=[])
    with pytest.raises(errors.PurposeOff):
        nursery.draft()
    with pytest.raises(errors.AssessmentNeeded):
        switching.switch(nursery.programme, purpose="health", on=True, by=nursery.privacy, now=nursery.now)
    nursery.switch_on(Purpose.HOME_SERVICE)
    child = nursery.draft()
    with pytest.raises(errors.PurposeOff):
        nursery.say(child, Purpose.HEALTH)
    assert ImpactAssessment.objects.get().kept_until >= nursery.today + timedelta(days=365 * 3)


def _share(nursery, *children, recipient="civil_affairs"):
    return sharing.share(
        nursery.tree["city"],
        codes=[child.code for child in children],
        recipient=recipient,
        recipient_name="示例民政局",
        purpose="帮扶",
        fields=["identity"],
        agreement="协议1",
        by=nursery.privacy,
        now=nursery.now,
    )


def test_e2_24_sharing_stands_in_a_ledger_with_recipient_purpose_fields_and_agreement(nursery, client):
    child = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.SHARING])
    made = _share(nursery, child)
    assert (made.fields, made.agreement) == (["identity"], "协议1")
    assert made.kept_until >= nursery.today + timedelta(days=365 * 3)
    with pytest.raises(TypeError):
        made.delete()
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    let_in(client, link, fact=child.birth_date)
    assert "帮扶" in client.get(reverse("child_files:looks")).content.decode()


def test_e2_24_one_guardian_who_has_not_agreed_stops_the_whole_list(nursery):
    agreed = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.SHARING])
    silent = nursery.child()
    with pytest.raises(errors.NotShared) as refused:
        _share(nursery, agreed, silent)
    assert refused.value.context == {"count": 1}
    with pytest.raises(errors.NotShared):
        _share(nursery, agreed, recipient="a company")


def test_e2_25_a_child_is_no_account_and_no_message_goes_to_one():
    from services.accounts.enums import UserKind
    from services.messaging.registry import messages

    assert set(UserKind.values) == {"staff", "worker"}
    assert not [field for field in Child._meta.get_fields() if field.name in ("user", "phone", "email", "score")]
    told = " ".join(str(messages[key].description) for key in messages.codes() if key.startswith("child-files"))
    assert "To a child" not in told


def test_e2_26_no_page_of_children_loads_anything_from_another_host(nursery, client):
    child = nursery.child()
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    desk = signed_in(nursery.teacher)
    pages = [desk.get(reverse("child_files_desk:file", args=[child.token]))]
    pages.append(client.get(reverse("child_files:start", args=[link.secret])))
    let_in(client, link, fact=child.birth_date)
    pages += [client.get(reverse(f"child_files:{name}")) for name in ("home", "data", "looks", "ask", "stop")]
    for page in pages:
        loaded = re.findall(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"(https?:)?//", page.content.decode())
        assert loaded == []


def test_t74_a_withdrawal_hides_photos_pages_and_workbooks_within_the_same_request(nursery, client):
    child = _full(nursery)
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    let_in(client, link, fact=child.birth_date)
    desk = signed_in(nursery.teacher)
    file = reverse("child_files_desk:file", args=[child.token])
    photo = next(part.split('"')[0] for part in desk.get(file).content.decode().split('href="') if "/papers/" in part)
    # My child → stop something → the one: three clicks.
    assert reverse("child_files:stop") in client.get(reverse("child_files:home")).content.decode()
    one = reverse("child_files:stop_one", args=["home_service"])
    assert one in client.get(reverse("child_files:stop")).content.decode()
    assert client.post(one).status_code == 302
    assert desk.get(file).status_code == 404
    assert desk.get(photo).status_code == 404
    assert child.code not in desk.get(reverse("child_files_desk:list")).content.decode()


def test_a_locked_file_is_erased_when_its_guardian_asks(nursery):
    child = nursery.child()
    wish = requests.receive(nursery.guardian(child), kind="delete", words="", now=nursery.now)
    with pytest.raises(errors.NoSuchStep):
        retention.erase_on_request(wish, by=nursery.privacy, now=nursery.now)
    consents.withdraw(consents_standing(child)[Purpose.HOME_SERVICE], now=nursery.now)
    signed_in(nursery.privacy).post(reverse("child_files_desk:erase", args=[wish.token]))
    child = nursery.fresh(child)
    assert (child.state, child.sex, child.age_band) == (FileState.ERASED, "", "")


def test_how_often_what_is_asked_for_is_set_on_the_desk_and_reckoned_from_then_on(nursery):
    child = nursery.child()
    page = reverse("child_files_desk:care_rules", args=[nursery.programme.year])
    desk = signed_in(nursery.privacy)
    shown = desk.get(page).context["form"]
    numbers = {name: shown[name].value() for name in shown.fields}
    wrong = desk.post(page, numbers | {"grant_hours": 900, "call_every_days": 0})
    assert set(wrong.context["form"].errors) == {"grant_hours", "call_every_days"}
    assert desk.post(page, numbers | {"review_every_months": 6, "phrase": "每半年复核"}).status_code == 302
    assert "每半年复核" in desk.get(reverse("child_files_desk:privacy")).content.decode()
    moving.move_file(child, "review", by=nursery.teacher, now=nursery.now)
    assert nursery.fresh(child).review_due_on < nursery.today + timedelta(days=190)
    assert signed_in(nursery.officer).get(page).status_code == 403
