"""The desk pages of a group: choosing, previewing, carrying out, what leaves on paper and as a workbook."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.organizations.enums import Role
from services.privacy.actions import record_paper_consent
from services.privacy.models import Consent
from services.privacy.queries import current_notice, standing_consent
from services.screening import actions
from services.screening.enums import EnrolmentState
from services.screening.models import Enrolment, HistoryStatement, ProgrammeTerms
from services.screening.rules.enrolment import Line
from services.workers.actions.claims import claim_record
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.workers import WorkerFactory
from tests.races.scene import scene
from tests.screening.her_world import signed_in
from tests.screening.people import at_desk
from tests.screening.test_group_files import workbook_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return scene(capacity=60)


@pytest.fixture
def officer(stage):
    return at_desk(stage.tree["unit_a"], Role.GRASSROOTS_OFFICER)


def url(name, stage, *args):
    return reverse(f"screening_desk:{name}", args=[stage.programme.code, *args])


def choose(stage) -> str:
    return url("enrol_at", stage, "T-A-1-1")


def group_of(response) -> Enrolment:
    return Enrolment.objects.unscoped().get(token=response["Location"].rstrip("/").rpartition("/")[2])


def preview(officer, stage, women, **said):
    response = officer.post(choose(stage), {"who": [her.token for her in women], "wishes": "", **said})
    assert response.status_code == 302
    return group_of(response)


def do(officer, stage, group, what, **data):
    return officer.post(url("enrolment", stage, group.token), {"do": what, **data})


def test_ticked_women_are_previewed_and_enrolled(stage, officer):
    women = stage.women(3)
    group = preview(officer, stage, women[:2])
    page = officer.get(url("enrolment", stage, group.token))
    assert (page.context["fitting"], page.context["total"]) == (2, 2)
    assert not Booking.objects.unscoped().exists()
    do(officer, stage, group, "all")
    assert set(Booking.objects.unscoped().values_list("worker", "state")) == {
        (her.pk, BookingState.CONFIRMED) for her in women[:2]
    }
    assert officer.get(url("enrolment", stage, group.token)).context["days"][0][0] == stage.session


def test_all_who_fit_within_the_filter_go_in_at_one_press(stage, officer):
    women = stage.women(4)
    Worker.objects.unscoped().filter(pk=women[0].pk).update(birth_date=date(2004, 1, 1))
    Worker.objects.unscoped().filter(pk=women[1].pk).update(birth_date=timezone.localdate() - timedelta(days=60 * 365))
    response = officer.post(f"{choose(stage)}?age_from=35&age_to=55", {"all": "1", "wishes": ""})
    rows = group_of(response).rows.values_list("worker", flat=True)
    assert set(rows) == {women[2].pk, women[3].pk}


def test_the_list_says_who_fits_and_why_not_and_leaves_out_who_has_a_place(stage, officer):
    fits, young, unknown, booked = stage.women(4)
    Worker.objects.unscoped().filter(pk=young.pk).update(birth_date=date(2004, 1, 1))
    Worker.objects.unscoped().filter(pk=unknown.pk).update(joined_on=None)
    actions.book(stage.programme, session=stage.session, worker=booked, by=booked.user, now=timezone.now())

    def listed(query=""):
        return {row["worker"].pk: row for row in officer.get(choose(stage) + query).context["rows"]}

    assert set(listed()) == {fits.pk, young.pk, unknown.pk}
    assert set(listed("?standing=book")) == {fits.pk}
    assert set(listed("?standing=unknown")) == {unknown.pk}
    assert set(listed("?standing=refuse&booked=on")) == {young.pk, booked.pk}
    assert "35" in listed()[young.pk]["reasons"][0].sentence
    assert officer.get(choose(stage) + "?age_from=50&age_to=40").status_code == 200


@pytest.mark.parametrize("page", ["choose", "preview", "result"])
def test_five_and_forty_women_cost_the_same_queries(stage, officer, page):
    def asked(count: int) -> int:
        women = stage.women(count)
        address = choose(stage)
        if page != "choose":
            group = preview(officer, stage, women)
            address = url("enrolment", stage, group.token)
        if page == "result":
            do(officer, stage, group, "all")
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(address).status_code == 200
        return len(captured)

    asked(1)
    assert asked(5) == asked(40)


def test_women_of_another_unit_cannot_be_named_and_their_groups_do_not_exist(stage, officer):
    strangers = stage.women(2, "unit_b")
    response = officer.post(choose(stage), {"who": [her.token for her in strangers], "wishes": ""})
    assert response.status_code == 200
    assert not Enrolment.objects.unscoped().exists()
    assert officer.get(url("enrol_at", stage, "T-A-1-2")).status_code == 404
    neighbour = at_desk(stage.tree["unit_b"], Role.GRASSROOTS_OFFICER)
    group = preview(officer, stage, stage.women(1))
    for name in ("enrolment", "enrolment_notice", "enrolment_workbook"):
        assert neighbour.get(url(name, stage, group.token)).status_code == 404
    assert do(neighbour, stage, group, "all").status_code == 404
    above = at_desk(stage.tree["county_a"], Role.CASE_OFFICER)
    assert above.get(url("enrolment", stage, group.token)).status_code == 200


def test_bad_input_is_said_beside_the_field_and_nothing_ticked_is_lost(stage, officer):
    women = stage.women(2)
    page = officer.post(choose(stage), {"who": [women[0].token], "wishes": "改天"})
    assert page.context["form"].errors["wishes"]
    assert [row["ticked"] for row in page.context["rows"] if row["worker"].pk == women[0].pk] == [True]
    page = officer.post(choose(stage), {"wishes": ""})
    assert page.context["form"].non_field_errors()
    assert do(officer, stage, preview(officer, stage, women), "nonsense").status_code == 302


def test_more_than_the_limit_is_refused_in_words(stage, officer, settings):
    settings.ENROLMENT_MAX_ROWS = 2
    women = stage.women(3)
    page = officer.post(choose(stage), {"who": [her.token for her in women], "wishes": ""})
    assert "2" in page.context["form"].non_field_errors()[0]
    assert page.context["choice"].more
    assert len(page.context["rows"]) == 2


def test_an_empty_roster_and_unpublished_terms_are_said(stage, officer):
    assert officer.get(choose(stage)).context["choice"].looked_at == 0
    ProgrammeTerms.objects.update(published_at=None)
    page = officer.get(choose(stage))
    assert page.status_code == 200
    assert page.context["hindrance"]
    refused = officer.post(choose(stage), {"who": [stage.women(1)[0].token], "wishes": ""})
    assert refused.status_code == 200


def test_what_the_women_said_is_written_down_and_the_preview_follows(stage, officer):
    ProgrammeTerms.objects.update(interval_months=24)
    never, lately, silent = stage.women(3)
    group = preview(officer, stage, [never, lately, silent])
    page = officer.get(url("enrolment", stage, group.token))
    assert page.context["fitting"] == 0
    where = {row.worker_id: row.position for row in page.context["said_form"].rows}
    day = timezone.localdate() - timedelta(days=30)
    both = {f"never-{where[never.pk]}": "on", f"on-{where[never.pk]}": f"{day:%Y-%m-%d}"}
    assert do(officer, stage, group, "said", **both).context["said_form"].errors
    said = {f"never-{where[never.pk]}": "on", f"on-{where[lately.pk]}": f"{day:%Y-%m-%d}"}
    do(officer, stage, group, "said", **said)
    assert dict(group.rows.values_list("worker", "plan")) == {
        never.pk: "book",
        lately.pk: "refuse",
        silent.pk: "unknown",
    }
    assert HistoryStatement.objects.get(worker=never).stated_by == officer.user
    wrong = {f"on-{where[silent.pk]}": f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}"}
    assert do(officer, stage, group, "said", **wrong).status_code == 302
    assert not HistoryStatement.objects.filter(worker=silent).exists()


def test_a_form_signed_on_paper_counts_only_where_the_terms_admit_it(stage, officer):
    her = WorkerFactory(organization=stage.tree["unit_a"], phone="")
    group = preview(officer, stage, [her])
    today = timezone.localdate()
    form = {"signed": [her.token], "signed_on": f"{today:%Y-%m-%d}", "seen": "on"}
    do(officer, stage, group, "paper", **form)
    assert not Consent.objects.filter(record=her.token).exists()
    ProgrammeTerms.objects.update(paper_consent=True)
    assert do(officer, stage, group, "paper", **(form | {"seen": ""})).context["paper_form"].errors
    do(officer, stage, group, "paper", **(form | {"signed_on": f"{today + timedelta(days=1):%Y-%m-%d}"}))
    assert not Consent.objects.filter(record=her.token).exists()
    do(officer, stage, group, "paper", **form)
    consent = Consent.objects.get(record=her.token)
    assert (consent.giver, consent.recorded_by, consent.signed_on, consent.given_by) == (
        None,
        officer.user,
        today,
        "staff",
    )
    do(officer, stage, group, "all")
    assert Booking.objects.unscoped().get(worker=her).state == BookingState.CONFIRMED
    do(officer, stage, group, "unsign", woman=[her.token])
    assert Booking.objects.unscoped().get(worker=her).state == BookingState.CANCELLED
    assert Consent.objects.get(record=her.token).withdrawn_at


def test_the_notice_and_the_workbook_show_masked_names(stage, officer):
    her, other = stage.women(2)
    Worker.objects.unscoped().filter(pk=her.pk).update(name="示例桂兰")
    Worker.objects.unscoped().filter(pk=other.pk).update(joined_on=None)
    group = preview(officer, stage, [her, other])
    assert officer.get(url("enrolment_notice", stage, group.token)).status_code == 302
    do(officer, stage, group, "fitting")
    sheet = officer.get(url("enrolment_notice", stage, group.token)).content.decode()
    assert "示**兰" in sheet and "示例桂兰" not in sheet and "筛查" not in sheet
    book = load_workbook(io.BytesIO(officer.get(url("enrolment_workbook", stage, group.token)).content))
    rows = list(book.worksheets[1].iter_rows(values_only=True))
    assert len(rows) == 3
    said = "".join(str(cell) for row in rows for cell in row)
    assert "示**兰" in said and "示例桂兰" not in said and her.phone not in said


def test_a_workbook_is_read_and_kept_nowhere(stage, officer):
    her = stage.women(1)[0]
    stream = workbook_of(
        ["姓名", "手机号", "希望日期"], [[her.name, her.phone, "周三, 改天"], ["示例路人", "19900009999", ""]]
    )
    address = url("enrol_file", stage, "T-A-1-1")
    upload = SimpleUploadedFile("=名单.xlsx", stream.getvalue())
    group = group_of(officer.post(address, {"file": upload}))
    page = officer.get(url("enrolment", stage, group.token))
    assert (group.file_name, page.context["fitting"], page.context["total"]) == ("名单.xlsx", 1, 2)
    assert "改天" in page.content.decode() and "19900009999" not in page.content.decode()
    back = officer.post(address, {"file": SimpleUploadedFile("名单.xlsx", stream.getvalue()), "back": "on"})
    page = load_workbook(io.BytesIO(back.content)).worksheets[1]
    remarks = [page.cell(row, 4).value or "" for row in (1, 2, 3)]
    assert "改天" in remarks[1] and page["C2"].fill.fgColor.rgb.endswith("FFC7CE")
    assert remarks[2] and page["A3"].value == "示例路人"
    refused = officer.post(address, {"file": SimpleUploadedFile("名单.xlsx", b"nothing of the kind")})
    assert refused.context["form"].errors["file"]
    assert officer.post(address, {}).context["form"].errors["file"]
    template = officer.get(url("enrol_template", stage, "T-A-1-1"))
    assert load_workbook(io.BytesIO(template.content)).active["A1"].value


def test_a_woman_whose_place_is_kept_agrees_first_and_then_takes_it(stage, officer):
    her = stage.women(1)[0]
    Consent.objects.filter(giver=her.user).update(withdrawn_at=timezone.now())
    do(officer, stage, preview(officer, stage, [her]), "all")
    booking = Booking.objects.unscoped().get(worker=her)
    assert booking.state == BookingState.OFFERED
    client = signed_in(her.user)
    answer = client.post(reverse("screening:accept", args=[booking.token]))
    assert answer["Location"] == reverse("screening:consent", args=[stage.programme.code])
    page = client.get(answer["Location"])
    agreed = client.post(answer["Location"], {"agree": "on", "notice": page.context["notice"].digest}, follow=True)
    assert agreed.redirect_chain[-1][0] == reverse("screening:booking", args=[booking.token])
    client.post(reverse("screening:accept", args=[booking.token]))
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
    story = client.get(reverse("screening:booking", args=[booking.token])).content.decode()
    assert "工会为您保留名额" in story


def test_her_paper_becomes_hers_when_she_claims_her_record(stage, officer):
    now = timezone.now()
    her = WorkerFactory(organization=stage.tree["unit_a"])
    record_paper_consent(
        record=her.token, purpose="screening", signed_on=timezone.localdate(), by=officer.user, now=now
    )
    user = WorkerUserFactory(phone=her.phone)
    claim_record(
        by=user, name=her.name, last4=her.id_last4, notice=current_notice("roster"), language="zh-hans", now=now
    )
    assert standing_consent(user, "screening").recorded_by == officer.user


def test_a_forgotten_preview_is_thrown_away_and_a_carried_out_group_stays(stage, officer):
    now, (one, two) = timezone.now(), stage.women(2)
    kwargs = {"organization": stage.tree["unit_a"], "by": officer.user}
    old = actions.prepare_enrolment(stage.programme, [Line(1, one.pk)], now=now - timedelta(days=2), **kwargs)
    done = actions.prepare_enrolment(stage.programme, [Line(1, two.pk)], now=now - timedelta(days=2), **kwargs)
    actions.carry_out(done, only_those_who_fit=True, by=officer.user, now=now)
    actions.prepare_enrolment(stage.programme, [Line(1, one.pk)], now=now, **kwargs)
    left = Enrolment.objects.unscoped()
    assert not left.filter(pk=old.pk).exists()
    assert left.get(pk=done.pk).state == EnrolmentState.DONE
