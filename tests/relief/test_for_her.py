"""Filing in a woman's name at the desk, from her signature to the review: the rules of her own pages hold."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.casework import actions as casework
from services.casework.models import Case
from services.payments.models import Account
from services.relief.actions import representing
from services.relief.models import Application, Household, Programme
from tests.casework import samples
from tests.factories.households import relief_world
from tests.factories.payments import card_number
from tests.factories.workers import WorkerFactory
from tests.house.test_lists import _queries

pytestmark = pytest.mark.django_db
EMPTY = {"members-TOTAL_FORMS": 0, "members-INITIAL_FORMS": 0}
WAGES = {"income-TOTAL_FORMS": 1, "income-INITIAL_FORMS": 0, "income-0-kind": "wages", "income-0-yearly": "9000"}
WAGES |= {"spending-TOTAL_FORMS": 0, "spending-INITIAL_FORMS": 0}
HOME = {"address": "示例路3号", "marital": "single", "housing": "rented", "medical_insurance": "employees"}
HOME |= {"work": "at_work", "health": "well"}
SIGNED = {"do": "send", "declares": "on", "lets_check": "on"}


@pytest.fixture
def world():
    made = relief_world()
    made.alone = WorkerFactory(organization=made.tree["unit_a"], user=None)
    return made


@pytest.fixture
def desk(world) -> Client:
    client = Client()
    client.force_login(world.officers["union"], backend="services.accounts.backends.StaffPassword")
    return client


def begun(world, code: str = "filing") -> Application:
    today = timezone.localdate(world.now)
    signed = {"way": "paper", "signed_on": today, "valid_until": today + timedelta(days=30)}
    return representing.begin_for_her(world.alone, code=code, **signed, by=world.officers["union"], now=world.now)


def page(application, name: str = "for_her") -> str:
    return reverse(f"relief_desk:{name}", args=[application.case.token])


def write(desk: Client, application, part: str, typed: dict):
    """Save a part of the file; it leads back to her application."""
    version = Household.objects.unscoped().values_list("version", flat=True).get(pk=application.household_id)
    answer = desk.post(
        reverse(f"relief_desk:file_{part}", args=[application.household.token]), typed | {"seen": version}
    )
    assert answer.status_code == 302 and answer.url == page(application), answer.context
    return answer


def fill(desk: Client, application) -> None:
    write(desk, application, "members", EMPTY | {"alone": "on"})
    write(desk, application, "money", WAGES)
    write(desk, application, "causes", {"cause": "laid_off"})
    write(desk, application, "particulars", HOME)


def missing(desk: Client, application) -> list[str]:
    return [one.item for one in desk.get(page(application)).context["missing"]]


def send(desk: Client, application, **changes):
    seen = desk.get(page(application)).context["send_form"].initial["seen"]
    return desk.post(page(application), {k: v for k, v in ({"seen": seen} | SIGNED | changes).items() if v})


def stage(application) -> str:
    return Case.objects.unscoped().values_list("stage", flat=True).get(pk=application.case_id)


def upload(desk: Client, application, kind: str, data: bytes, name: str = "照片.jpg"):
    paper = SimpleUploadedFile(name, data, "image/jpeg")
    return desk.post(page(application), {"do": "paper", "kind": kind, "files": paper})


def test_beginning_leads_to_a_page_that_says_what_is_missing_and_where(world, desk):
    today = timezone.localdate(world.now)
    form = {"programme": "filing", "way": "paper", "notice": "on", "signed_on": today, "valid_until": today}
    answer = desk.post(reverse("relief_desk:begin", args=[world.alone.token]), form, follow=True)
    assert answer.status_code == 200 and answer.request["PATH_INFO"] == page(Application.objects.unscoped().get())
    found = {one.item: one.address for one in answer.context["missing"]}
    assert set(found) == {"household", "members", "money", "causes", "particulars"}
    assert all(desk.get(address).status_code == 200 for address in found.values())
    listed = desk.get(reverse("relief_desk:find"))
    assert page(Application.objects.unscoped().get()) in listed.content.decode()


def test_what_was_begun_costs_the_same_at_one_and_at_six(world, desk):
    begun(world)
    _queries(desk, reverse("relief_desk:find"))
    one = _queries(desk, reverse("relief_desk:find"))
    for _number in range(5):
        world.alone = WorkerFactory(organization=world.tree["unit_a"], user=None)
        begun(world)
    assert _queries(desk, reverse("relief_desk:find")) == one


def test_a_woman_who_lives_alone_is_filed_for_from_beginning_to_end(world, desk):
    application = begun(world)
    fill(desk, application)
    assert missing(desk, application) == []
    assert send(desk, application).url == reverse("casework_desk:case", args=[application.case.token])
    assert stage(application) == "in_review"
    assert Application.objects.unscoped().get().declared_at is not None
    # Sent twice by an impatient finger: the case's page, and nothing doubled.
    assert desk.post(page(application), SIGNED).status_code == 302
    assert Case.objects.unscoped().count() == 1


def test_an_empty_household_that_nobody_spoke_of_is_not_handed_in(world, desk):
    application = begun(world)
    for part, typed in (("money", WAGES), ("causes", {"cause": "laid_off"}), ("particulars", HOME)):
        write(desk, application, part, typed)
    assert missing(desk, application) == ["household"]
    answer = send(desk, application)
    assert answer.status_code == 200 and answer.context["send_form"].non_field_errors()
    assert stage(application) == "draft"


@pytest.mark.parametrize("left_out", ["declares", "lets_check"])
def test_her_declaration_is_asked_for_as_on_her_own_page(world, desk, left_out):
    application = begun(world)
    fill(desk, application)
    answer = send(desk, application, **{left_out: ""})
    assert answer.context["send_form"].errors[left_out] and stage(application) == "draft"


def test_what_was_changed_since_the_page_was_opened_is_looked_at_again(world, desk):
    application = begun(world)
    fill(desk, application)
    answer = send(desk, application, seen="1.1")
    assert answer.context["send_form"].non_field_errors() and stage(application) == "draft"


def test_papers_and_the_account_are_added_at_the_desk(world, desk):
    Programme.objects.filter(code="emergency").update(documents=[{"kind": "diagnosis", "required": True, "when": ""}])
    application = begun(world, "emergency")
    typed = {"event": "accident", "event_on": timezone.localdate(world.now).isoformat(), "cost": "12000", "seen": "1"}
    assert desk.post(page(application, "answers"), typed).url == page(application)
    assert missing(desk, application) == ["diagnosis", "account"]
    refused = upload(desk, application, "diagnosis", samples.HTML)
    assert refused.status_code == 200 and refused.context["paper_form"].errors["files"]
    assert upload(desk, application, "nonsense", samples.photo()).context["paper_form"].errors["kind"]
    assert upload(desk, application, "diagnosis", samples.photo()).status_code == 302
    number = card_number(7)
    account = {"holder": world.alone.name, "bank": "示例银行", "number": number, "again": number}
    assert desk.post(page(application, "for_her_account"), account | {"again": "1"}).status_code == 200
    assert desk.post(page(application, "for_her_account"), account).url == page(application)
    assert Account.objects.get(worker=world.alone).given_by == world.officers["union"]
    shown = desk.get(page(application)).content.decode()
    assert number not in shown and missing(desk, application) == []
    (paper,) = application.case.documents.all()
    desk.post(page(application), {"do": "remove", "paper": paper.token})
    assert missing(desk, application) == ["diagnosis"]


def test_a_photo_of_which_nobody_said_what_it_is_is_kept_and_not_chosen_again(world, desk):
    application = begun(world)
    answer = upload(desk, application, "", samples.photo())
    assert answer.status_code == 302
    (document,) = application.case.documents.all()
    assert document.kind == "other"
    assert desk.post(page(application), {"do": "paper", "kind": ""}).context["paper_form"].errors["files"]


def test_what_was_asked_for_is_supplied_and_given_back_at_the_desk(world, desk):
    application = begun(world)
    fill(desk, application)
    send(desk, application)
    asked = [casework.AskedItem("income", "三月的工资单")]
    casework.return_case(Case.objects.unscoped().get(), items=asked, by=world.officers["union_two"], now=timezone.now())
    case_page = desk.get(reverse("casework_desk:case", args=[application.case.token]))
    assert page(application) in [one.url for one in case_page.context["buttons"]]
    shown = desk.get(page(application))
    assert "三月的工资单" in shown.content.decode()
    assert desk.post(page(application), SIGNED).context["send_form"].non_field_errors()
    assert upload(desk, application, "income", samples.photo()).status_code == 302
    assert desk.post(page(application), SIGNED).status_code == 302
    assert stage(application) == "in_review"


def test_only_her_representative_fills_it_in(world):
    application = begun(world)
    for name, status in (("union_two", 403), ("county", 403), ("finance", 404)):
        client = Client()
        client.force_login(world.officers[name], backend="services.accounts.backends.StaffPassword")
        assert client.get(page(application)).status_code == status, name
        assert client.post(page(application), SIGNED).status_code == status, name
    assert stage(application) == "draft"


def test_every_button_of_a_case_filed_for_her_leads_somewhere(world, desk):
    application = begun(world)
    fill(desk, application)
    send(desk, application)
    casework.refuse(
        Case.objects.unscoped().get(), by=world.officers["union_two"], now=timezone.now(), reason="收入高于标准。"
    )
    case_page = desk.get(reverse("casework_desk:case", args=[application.case.token]))
    (appeal,) = case_page.context["buttons"]
    assert desk.get(appeal.url).status_code == 200
    case = Case.objects.unscoped().get()
    assert desk.post(appeal.url, {"seen": case.version, "reason": ""}).context["form"].errors["reason"]
    desk.post(appeal.url, {"seen": case.version, "reason": "一次性补发工资请不要计入。"})
    assert stage(application) == "appealed"


def test_answers_upon_an_older_version_stand_beside_what_is_stored_now(world, desk):
    application = begun(world, "emergency")
    Application.objects.unscoped().filter(pk=application.pk).update(version=7)
    answer = desk.post(page(application, "answers"), {"event": "", "told": "示例的话", "seen": "6"})
    assert answer.context["conflict"] and answer.context["stored"] and answer.context["seen"] == 7
    assert answer.context["form"]["told"].value() == "示例的话"
