"""Her pages: one thing to do, all that was asked for at once, nothing lost by an error, nobody else's application."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from services.casework import actions
from services.casework.actions.documents import attach
from services.casework.enums import FiledBy, Stage
from services.casework.models import Document, UploadInProgress
from services.casework.queries.documents import documents_of
from tests.casework import samples
from tests.casework.papers import INCOME, KINDS
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import AuthorisationFactory, case_at
from tests.factories.workers import WorkerFactory
from tests.screening.her_world import signed_in, text

pytestmark = pytest.mark.django_db
NOW = timezone.now()
STAGES = [stage for stage in Stage if stage not in (Stage.NOTICE, Stage.OBJECTION)]


@pytest.fixture(autouse=True)
def kinds(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)


@pytest.fixture
def hers(world):
    return signed_in(world.her.user)


def url(name: str, *args: str) -> str:
    return reverse(f"casework:{name}", args=args)


def photo(name: str = "收入.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.photo() if data is None else data, "image/jpeg")


def post_files(client, case, *files, kind: str = INCOME, page: str = "documents", **more):
    return client.post(url(page, case.token), {"kind": kind, f"{kind}-files": list(files), **more})


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_one_box_and_a_story(world, hers, stage):
    case = case_at(world, stage)
    page = hers.get(url("case", case.token))
    body = page.content.decode()
    assert page.status_code == 200
    assert (body.count('class="notice-title"'), body.count("<h1")) == (1, 1)
    assert case.number in body and 'class="timeline"' in body
    assert (stage in (Stage.DRAFT, Stage.RETURNED)) == ("notice is-needs" in body)


@pytest.mark.parametrize("stage", [Stage.NOTICE, Stage.OBJECTION])
def test_a_notice_has_its_box_too(noticed, stage):
    case = case_at(noticed, stage)
    assert signed_in(noticed.her.user).get(url("case", case.token)).content.count(b'class="notice-title"') == 1


def test_the_promised_day_stands_in_the_box(world, hers):
    case = world.submitted()
    assert re.search(r"\d{4}", text(hers.get(url("case", case.token))))


def test_a_reason_stands_in_her_words_and_she_may_ask_for_another_look(world, hers):
    case = actions.refuse(world.submitted(), by=world.officers["union"], now=NOW, reason="材料与规定不符")
    assert "材料与规定不符" in text(hers.get(url("case", case.token)))
    empty = hers.post(url("appeal", case.token), {"reason": " "})
    assert empty.status_code == 422 and b"field-error" in empty.content
    sent = {"reason": "收入算错了", "seen": case.version}
    for _turn in range(2):
        assert hers.post(url("appeal", case.token), sent).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.events.filter(verb="appeal").count()) == (Stage.APPEALED, 1)


def test_a_photo_is_added_with_a_plain_form_and_shown_to_her_alone(world, hers):
    case = world.draft()
    assert post_files(hers, case, photo(), photo("b.jpg", samples.photo(salt="b"))).status_code == 302
    first, second = documents_of(case)
    shown = hers.get(url("document", case.token, first.token))
    assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    assert "sandbox" in shown["Content-Security-Policy"] and "default-src 'none'" in shown["Content-Security-Policy"]
    assert "no-store" in shown["Cache-Control"] and shown["Content-Disposition"].startswith("inline")
    other = signed_in(WorkerUserFactory())
    other_case = case_at(world, Stage.DRAFT, WorkerFactory(organization=world.tree["unit_b"], user=WorkerUserFactory()))
    for client, token in ((other, case.token), (hers, other_case.token)):
        assert client.get(url("document", token, second.token)).status_code == 404


def test_a_pdf_goes_out_as_an_attachment_under_a_name_of_ours(world, hers):
    case = world.draft()
    post_files(hers, case, photo("示例乙 诊断证明.pdf", samples.pdf()))
    shown = hers.get(url("document", case.token, documents_of(case).get().token))
    assert shown["Content-Disposition"].startswith(f'attachment; filename="{case.number}')
    assert shown["Content-Type"] == "application/pdf"


def test_one_bad_file_keeps_the_good_one_beside_it_and_says_which(world, hers):
    case = world.draft()
    page = post_files(hers, case, photo("good.jpg"), photo("trick.jpg", samples.HTML), photo("empty.jpg", b""))
    assert page.status_code == 422
    assert [document.name for document in documents_of(case)] == ["good.jpg"]
    errors = re.findall(r'field-error">.*?</p>', page.content.decode())
    assert len(errors) == 2 and "trick.jpg" in errors[0] and "empty.jpg" in errors[1]
    assert "good.jpg" in text(page)


def test_no_file_at_all_is_said_beside_the_field(world, hers):
    page = post_files(hers, world.draft())
    assert page.status_code == 422 and b"field-error" in page.content


def test_a_photo_of_sixty_megabytes_gets_a_clear_answer(world, hers):
    page = post_files(hers, world.draft(), photo("large.jpg", samples.photo() + b"\0" * (60 * 1024 * 1024)))
    assert page.status_code == 422 and "60 MB" in text(page) and "20 MB" in text(page)


def test_an_unchecked_file_is_shown_to_nobody(world, hers):
    case = world.draft()
    post_files(hers, case, photo())
    Document.objects.update(scan="quarantined")
    document = documents_of(case).get()
    assert hers.get(url("document", case.token, document.token)).status_code == 403
    assert url("document", case.token, document.token) + '"' not in hers.get(url("case", case.token)).content.decode()


def test_taking_back_twice_is_once_and_what_was_sent_stays(world, hers):
    case = world.draft()
    post_files(hers, case, photo())
    remove = url("remove", case.token, documents_of(case).get().token)
    for _turn in range(2):
        assert hers.post(remove).status_code == 302
    assert not documents_of(case).exists()
    post_files(hers, case, photo())
    actions.submit(case, by=world.her.user, now=NOW)
    hers.post(url("remove", case.token, documents_of(case).get().token))
    assert documents_of(case).count() == 1


def test_all_that_was_asked_for_stands_on_one_page_and_goes_back_complete_or_not_at_all(world, hers):
    case = actions.return_case(
        world.submitted(),
        items=[actions.AskedItem(INCOME, "请补充三月工资单"), actions.AskedItem("identity", "请补充身份证背面")],
        by=world.officers["union"],
        now=world.now,
    )
    page = text(hers.get(url("supply", case.token)))
    assert "请补充三月工资单" in page and "请补充身份证背面" in page
    assert hers.post(url("supply", case.token), {"seen": case.version}).status_code == 422
    for line in case.requested.all():
        shot = photo(f"{line.item}.jpg", samples.photo(salt=line.item))
        assert post_files(hers, case, shot, kind=line.item, page="supply", line=line.pk).status_code == 302
    for _turn in range(2):
        assert hers.post(url("supply", case.token), {"seen": case.version}).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.events.filter(verb="resubmit").count()) == (Stage.IN_REVIEW, 1)


def test_what_asks_for_no_paper_is_seen_to_with_one_button_and_a_paper_isnt(world, hers):
    asked = [actions.AskedItem(INCOME, "请补充三月工资单"), actions.AskedItem("other", "请接一次回访电话")]
    case = actions.return_case(world.submitted(), items=asked, by=world.officers["union"], now=world.now)
    paper, call = case.requested.order_by("pk")
    page = hers.get(url("supply", case.token)).content.decode()
    assert f'name="done" value="{call.pk}"' in page and f'name="done" value="{paper.pk}"' not in page
    assert hers.post(url("supply", case.token), {"done": call.pk}).status_code == 302
    assert hers.post(url("supply", case.token), {"done": paper.pk}).status_code == 404
    call.refresh_from_db()
    paper.refresh_from_db()
    assert call.supplied_at is not None and paper.supplied_at is None


def test_a_line_of_somebody_else_s_request_takes_nothing(world, hers):
    other = case_at(world, Stage.RETURNED, WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory()))
    case = case_at(world, Stage.RETURNED)
    assert post_files(hers, case, photo(), page="supply", line=other.requested.get().pk).status_code == 404
    assert not Document.objects.exists()


def test_withdrawing_asks_once_and_twice_is_once(world, hers):
    case = world.submitted()
    assert hers.get(url("withdraw", case.token)).status_code == 200
    for _turn in range(2):
        assert hers.post(url("withdraw", case.token), {"seen": case.version}).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.events.filter(verb="withdraw").count()) == (Stage.WITHDRAWN, 1)


@pytest.mark.parametrize(("page", "at"), [("withdraw", Stage.IN_REVIEW), ("appeal", Stage.REFUSED)])
def test_what_she_sends_again_leads_to_where_it_stands_and_says_when_it_was_done(world, hers, today_is, page, at):
    case = case_at(world, at)
    given = {"seen": case.version, "reason": "请再看一次，收入有变化。"}
    hers.post(url(page, case.token), given)
    again = hers.post(url(page, case.token), given, follow=True)
    assert again.redirect_chain == [(url("case", case.token), 302)]
    said = [str(message) for message in again.context["messages"]]
    done = case.events.get(verb=page)
    assert any(str(timezone.localtime(done.at).year) in one for one in said)
    assert world.officers["union"].full_name not in "".join(said)


def test_withdrawing_from_an_old_page_changes_nothing(world, hers):
    case = world.submitted()
    actions.pass_step(case, by=world.officers["union"], now=NOW)
    page = hers.post(url("withdraw", case.token), {"seen": case.version})
    assert page.status_code == 422 and b"notice is-error" in page.content
    case.refresh_from_db()
    assert case.stage == Stage.IN_REVIEW


@pytest.fixture
def represented(world):
    """A draft that an officer of her union began with her leave."""
    leave = AuthorisationFactory(
        worker=world.her,
        representative=world.officers["union"],
        signed_on=NOW.date() - timedelta(days=2),
        valid_until=NOW.date() + timedelta(days=20),
    )
    return actions.open_case(
        service="allowance",
        subject_code="spring",
        worker=world.her,
        route_code=world.route.code,
        by=world.officers["union"],
        now=NOW,
        authorisation=leave,
    )


def test_she_sees_who_acts_for_her_and_takes_the_case_over_without_typing_again(world, hers, represented):
    attach(represented, kind=INCOME, upload=photo(), by=world.officers["union"], now=NOW)
    assert world.officers["union"].full_name in text(hers.get(url("case", represented.token)))
    for _turn in range(2):
        assert hers.post(url("take_over", represented.token)).status_code == 302
    represented.refresh_from_db()
    assert (represented.filed_by, documents_of(represented).count()) == (FiledBy.HERSELF, 1)
    assert represented.events.filter(verb="hers_again").count() == 1


def test_what_was_done_for_her_is_marked_in_the_story(world, hers, represented, settings):
    settings.LANGUAGE_CODE = "en"
    actions.submit(represented, by=world.officers["union"], now=NOW)
    page = text(hers.get(url("case", represented.token), headers={"Accept-Language": "en"}))
    assert page.count("representative") + page.count("代您") >= 2


def test_she_ends_an_authorisation_and_her_representative_can_do_nothing_more(world, hers, represented):
    leave = represented.authorisation
    assert world.officers["union"].full_name in text(hers.get(url("authorisations")))
    assert hers.get(url("revoke", leave.token)).status_code == 200
    for _turn in range(2):
        assert hers.post(url("revoke", leave.token)).status_code == 302
    leave.refresh_from_db()
    assert leave.revoked_at is not None
    with pytest.raises(PermissionDenied):
        attach(represented, kind=INCOME, upload=photo(), by=world.officers["union"], now=NOW)
    assert signed_in(WorkerUserFactory()).post(url("revoke", leave.token)).status_code == 404


def begin(client, case, data: bytes, **more):
    fields = {"kind": INCOME, "name": "a.pdf", "size": len(data), "digest": "", **more}
    return client.post(url("uploads", case.token), fields)


def send(client, state: dict, data: bytes, offset: int):
    return client.post(
        state["url"], data, content_type="application/octet-stream", headers={"Upload-Offset": str(offset)}
    )


def test_a_file_in_parts_survives_a_new_sign_in(world, hers, settings):
    settings.CASE_UPLOAD_PART_BYTES = 500
    case, data = world.draft(), samples.pdf(4)
    state = begin(hers, case, data).json()
    send(hers, state, data[:500], 0)
    hers.logout()
    assert send(hers, state, data[500:900], 500).status_code == 302
    again = signed_in(world.her.user)
    state = begin(again, case, data).json()
    assert state["received"] == 500
    while state["received"] < len(data):
        state = send(again, state, data[state["received"] :][:500], state["received"]).json()
    for _turn in range(2):
        assert again.post(state["finish"]).status_code == 200
    assert documents_of(case).get().size == len(data)


@pytest.mark.parametrize(
    ("given", "status"),
    [({"size": "-1"}, 400), ({"size": "x"}, 400), ({"size": "0"}, 422), ({"digest": "zz"}, 400), ({"kind": "no"}, 422)],
)
def test_an_odd_announcement_is_refused_in_words(world, hers, given, status):
    answer = begin(hers, world.draft(), samples.pdf(), **given)
    assert answer.status_code == status and answer.json()["error"]


def test_an_odd_part_changes_nothing(world, hers, settings):
    settings.CASE_UPLOAD_PART_BYTES = 500
    case, data = world.draft(), samples.pdf(4)
    state = begin(hers, case, data).json()
    for part, offset, status in ((data[:501], 0, 413), (data[:10], 5, 409), (data[:10], "x", 400)):
        assert send(hers, state, part, offset).status_code == status
    assert UploadInProgress.objects.get().received == 0
    assert hers.post(state["finish"]).status_code == 409
    assert send(signed_in(WorkerUserFactory()), state, data[:10], 0).status_code == 404


def test_her_list_costs_the_same_with_one_application_and_with_thirty(world, hers, django_assert_max_num_queries):
    def queries() -> int:
        with django_assert_max_num_queries(100) as counted:
            assert hers.get(url("list")).status_code == 200
        return len(counted.captured_queries)

    world.draft()
    queries()
    before = queries()
    for _turn in range(29):
        world.draft()
    assert queries() == before


def test_a_page_of_papers_costs_the_same_with_one_and_with_twenty(world, hers, django_assert_max_num_queries):
    case = world.draft()

    def queries(page: str) -> int:
        with django_assert_max_num_queries(100) as counted:
            assert hers.get(url(page, case.token)).status_code == 200
        return len(counted.captured_queries)

    attach(case, kind=INCOME, upload=photo(), by=world.her.user, now=NOW)
    pages = ("documents", "case")
    before = [queries(page) for page in pages for _turn in range(2)][1::2]
    row = documents_of(case).get()
    for number in range(20):
        row.pk, row.token, row.digest = None, f"t{number}", f"d{number}"
        row.save(force_insert=True)
    assert [queries(page) for page in pages] == before
