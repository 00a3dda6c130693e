"""The desk of joining: a batch from its first click to the certificate, and what each reader sees of a line."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from services.mutual_aid.actions import batch_decisions
from services.mutual_aid.enums import BatchKind, BatchState, PaperKind
from services.mutual_aid.models import BatchPaper, Cover, CoverVersion, EnrolmentBatch, EnrolmentRow
from services.organizations.enums import Role
from services.privacy.models import AccessRecord
from tests.factories.enrolment import Unit, photo
from tests.factories.mutual_aid import cover_of
from tests.factories.workers import WorkerFactory
from tests.screening.people import BACKEND, at_desk

pytestmark = pytest.mark.django_db


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def url(name, *args):
    return reverse(f"mutual_aid_joining:{name}", args=args)


def only_batch() -> EnrolmentBatch:
    return EnrolmentBatch.objects.unscoped().latest("pk")


def slip(name="slip.jpg", shade=90):
    return SimpleUploadedFile(name, photo(shade).read(), content_type="image/jpeg")


def test_from_a_new_batch_to_certificates_by_clicks_alone():
    unit = Unit()
    women = unit.women(3)
    officer = client_of(unit.officer)
    data = {"organization": unit.organization.code, "terms": unit.version.pk, "kind": "new"}
    assert officer.post(url("batch_add"), data).status_code == 302
    batch = only_batch()
    page = officer.get(url("batch_choose", batch.token))
    assert page.content.decode().count('name="who"') == 3
    ticked = {"shares": 2, "who": [woman.token for woman in women], "ticked": "1"}
    assert officer.post(url("batch_choose", batch.token), ticked).status_code == 302
    officer.post(url("batch_headcount", batch.token), {"women": 3, "on": unit.today.isoformat()})
    for kind, shade in ((PaperKind.HEADCOUNT, 10), (PaperKind.VOUCHER, 90)):
        officer.post(url("paper_add", batch.token), {"kind": kind, "file": slip(shade=shade)})
    officer.post(url("batch_payment", batch.token), {"paid_on": unit.today.isoformat()})
    assert officer.post(url("batch_hand_in", batch.token), {"healthy": "on"}).status_code == 302
    assert only_batch().state == BatchState.SUBMITTED
    decider = client_of(unit.decider)
    assert decider.get(url("batch", batch.token)).status_code == 200
    done = decider.post(url("batch_approve", batch.token), {"seen": only_batch().version})
    assert done.status_code == 302
    assert Cover.objects.unscoped().count() == 3
    cover = Cover.objects.unscoped().first()
    assert cover.number in decider.get(url("cover", cover.token)).content.decode()
    paper = officer.get(url("certificate", cover.token)).content.decode()
    assert reverse("certificates:check", args=[cover.token]) not in paper.split("<svg")[0]
    assert "<svg" in paper


def test_the_page_says_all_that_is_missing_and_takes_nothing():
    unit = Unit()
    batch = unit.begun()
    answer = client_of(unit.officer).post(url("batch_hand_in", batch.token), {}).content.decode()
    assert "joining-said" in answer
    assert only_batch().state == BatchState.DRAFT


def test_fee_and_share_stand_on_the_page_with_the_number_they_are_taken_of():
    unit = Unit()
    batch = unit.with_papers(unit.begun(unit.women(4), shares=1), headcount=5)
    page = client_of(unit.officer).get(url("batch", batch.token)).content.decode()
    for shown in ("144.00", "60.00", "40.00", "44.00", "80.0"):
        assert shown in page


@pytest.mark.parametrize("field", ["shares"])
def test_more_shares_than_the_terms_allow_are_refused_beside_the_field(field):
    unit = Unit()
    unit.women(1)
    batch = unit.begun()
    answer = client_of(unit.officer).post(url("batch_choose", batch.token), {"shares": 4, "all": "1"})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert EnrolmentRow.objects.own(batch=batch).count() == 0


def paid_before(unit, woman):
    """A claim of hers was paid under this scheme: her findings tell of it."""
    from services.mutual_aid.models import Benefit

    version = cover_of(woman, unit.version)
    from tests.factories.mutual_aid import decided_claim
    from tests.factories.payments import fund_of

    claim = decided_claim(version)
    return Benefit.objects.create(
        claim=claim,
        cover=version,
        scheme=unit.version.scheme,
        worker=woman,
        organization=woman.organization,
        path=woman.organization.path,
        amount=1000,
        ends_cover=True,
        disease_index="x" * 64,
        grade_index="y" * 64,
        fund=fund_of(unit.city),
        year=2024,
        submitted_at=unit.now,
        decided_at=unit.now,
    )


def ill_line(terms=None):
    """A batch handed in with one woman whose earlier claim bars her by the terms; nobody is told why."""
    unit = Unit(terms or {"after_claim": "never"})
    women = unit.women(3)
    paid_before(unit, women[0])
    return unit, unit.handed_in(women), women[0]


def test_the_units_officer_reads_that_somebody_looks_and_nothing_of_the_illness():
    unit, batch, her = ill_line()
    row = EnrolmentRow.objects.own(batch=batch, worker=her).get()
    assert (row.state, [one["code"] for one in row.findings]) == ("look", ["earlier_claim"])
    officer = client_of(unit.officer)
    page = officer.get(url("batch", batch.token)).content.decode()
    words = ("earlier_claim", "claim", "理赔", "给付", "疾病", "again")
    section = page[page.index('aria-labelledby="lines"') : page.index('aria-labelledby="history"')]
    assert not [word for word in words if word in section]
    assert officer.get(url("line_look", batch.token, row.position)).status_code == 403
    assert officer.get(url("line_settle", batch.token, row.position)).status_code == 403


def test_a_federation_officer_looks_on_record_before_anything_is_shown_and_settles():
    unit, batch, her = ill_line()
    row = EnrolmentRow.objects.own(batch=batch, worker=her).get()
    decider = client_of(unit.decider)
    straight = decider.get(url("line_settle", batch.token, row.position))
    assert straight.status_code == 302
    assert AccessRecord.objects.count() == 0
    looked = decider.post(url("line_look", batch.token, row.position), {"reason": "核对既往给付情况"})
    assert AccessRecord.objects.get().subject_id == her.pk
    shown = decider.get(looked["Location"])
    assert shown.status_code == 200
    blocked = decider.post(url("batch_approve", batch.token), {"seen": only_batch().version})
    assert blocked.status_code == 200
    assert Cover.objects.unscoped().filter(row__isnull=False).count() == 0
    decider.post(looked["Location"], {"joins": "yes", "because": "已核对"})
    decider.post(url("batch_approve", batch.token), {"seen": only_batch().version})
    assert only_batch().state == BatchState.CONFIRMED
    assert Cover.objects.unscoped().filter(row__isnull=False).count() == 3


def test_who_can_not_join_by_a_decision_above_is_not_covered_and_costs_nothing():
    unit, batch, her = ill_line()
    row = EnrolmentRow.objects.own(batch=batch, worker=her).get()
    batch_decisions.settle_line(row, joins=False, because="不符合", by=unit.decider, now=unit.now)
    assert (only_batch().persons, only_batch().fee_total) == (2, 72)


def test_a_paper_opens_for_readers_of_the_batch_only():
    unit = Unit()
    unit.handed_in(unit.women(2))
    paper = BatchPaper.objects.first()
    address = url("paper", only_batch().token, paper.token)
    assert client_of(unit.decider).get(address).status_code == 200
    assert at_desk(Unit().organization, Role.GRASSROOTS_OFFICER).get(address).status_code == 404


def test_what_is_no_photo_or_pdf_is_refused_beside_the_field():
    unit = Unit()
    batch = unit.begun()
    data = {"kind": "voucher", "file": SimpleUploadedFile("a.jpg", b"letter")}
    answer = client_of(unit.officer).post(url("paper_add", batch.token), data)
    assert "file" in answer.context["form"].errors
    assert BatchPaper.objects.count() == 0


def test_a_paper_taken_back_keeps_its_line_and_loses_its_file(django_capture_on_commit_callbacks):
    unit = Unit()
    batch = unit.with_papers(unit.begun(unit.women(1)))
    paper = BatchPaper.objects.filter(kind=PaperKind.VOUCHER).get()
    name, storage = paper.file.name, paper.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        client_of(unit.officer).post(url("paper_remove", batch.token, paper.token))
    paper.refresh_from_db()
    assert paper.removed_at
    assert not storage.exists(name)


def test_one_click_begins_a_renewal_with_last_periods_women():
    unit = Unit()
    first = unit.covered(unit.women(3))
    EnrolmentBatch.objects.unscoped().update(state="effective", last_day=unit.today + timedelta(days=30))
    officer = client_of(unit.officer)
    page = officer.get(url("renewals")).content.decode()
    assert url("batch_renew", first.token) in page
    assert officer.post(url("batch_renew", first.token)).status_code == 302
    assert (only_batch().kind, only_batch().renews_id) == (BatchKind.RENEWAL, first.pk)
    assert url("batch_renew", first.token) not in officer.get(url("renewals")).content.decode()


@pytest.mark.parametrize(("days", "listed"), [(60, True), (61, False)])
def test_a_period_is_listed_sixty_days_before_its_end(days, listed):
    unit = Unit()
    first = unit.covered(unit.women(2))
    EnrolmentBatch.objects.unscoped().update(state="effective", last_day=unit.today + timedelta(days=days))
    page = client_of(unit.officer).get(url("renewals")).content.decode()
    assert (url("batch_renew", first.token) in page) is listed


def test_the_list_of_covers_masks_numbers_and_finds_by_one_without_keeping_it():
    unit = Unit()
    women = unit.women(2)
    unit.covered(women)
    desk = client_of(unit.decider)
    page = desk.get(url("covers")).content.decode()
    assert women[0].id_number not in page
    found = desk.post(url("covers_find"), {"text": women[0].id_number})
    assert women[0].id_number not in found["Location"]
    assert women[0].token in found["Location"]
    odd = desk.get(url("covers"), {"year": "zzzz", "month": "1", "at": "nowhere"})
    assert odd.status_code == 200


def test_a_cover_of_another_branch_does_not_exist_for_her():
    unit = Unit()
    unit.covered(unit.women(1))
    cover = Cover.objects.unscoped().get()
    stranger = client_of(Unit().decider)
    for name in ("cover", "cover_withdraw", "cover_end", "certificate"):
        assert stranger.get(url(name, cover.token)).status_code == 404


def test_a_cover_is_withdrawn_before_it_begins_and_not_after():
    unit = Unit()
    unit.covered(unit.women(1))
    cover = Cover.objects.unscoped().get()
    client_of(unit.decider).post(url("cover_withdraw", cover.token), {"reason": "本人申请"})
    assert CoverVersion.objects.own(cover=cover, known_until=None).get().state == "void"


def test_where_the_terms_say_so_a_cover_ends_with_the_day_she_left():
    unit = Unit()
    unit.version.leaving = "ends"
    unit.version.save()
    woman = WorkerFactory(organization=unit.organization)
    cover = cover_of(woman, unit.version, first=unit.today - timedelta(days=50), last=unit.today + timedelta(days=300))
    answer = client_of(unit.decider).post(url("cover_end", cover.token), {"on": unit.today.isoformat()})
    assert answer.status_code == 302
    version = CoverVersion.objects.own(cover=cover, known_until=None).get()
    assert (version.last_day, version.change) == (unit.today, "left")
    assert CoverVersion.objects.own(cover=cover).count() == 2


def test_the_template_of_the_list_is_offered_with_the_other_sheets():
    unit = Unit()
    page = client_of(unit.officer).get(reverse("imports:upload"), {"sheet": "mutual-aid"}).content.decode()
    assert 'value="mutual-aid"' in page


def test_the_batch_sends_its_officer_to_the_import_of_its_own_unit():
    """An officer of many units would else check her list against the batches of the first of them."""
    unit = Unit()
    batch, client = unit.begun(), client_of(unit.decider)
    page = client.get(url("batch", batch.token)).content.decode()
    address = f"{reverse('imports:upload')}?sheet=mutual-aid&amp;unit={unit.organization.code}"
    assert f'href="{address}"' in page
    form = client.get(address.replace("&amp;", "&")).context["form"]
    assert form["unit"].value() == unit.organization.code != unit.city.code
    assert client.get(f"{reverse('imports:upload')}?sheet=mutual-aid&unit=nowhere").status_code == 200
