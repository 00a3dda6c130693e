"""The desk of inspections: the sheet by clicks and by a phone, faults beside their fields, figures, public words."""

import hashlib
import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from services.childrens_homes.registry import facts_of, home_panels
from services.home_inspections import errors
from services.home_inspections.actions import evaluations, findings, recognitions, rubrics
from services.home_inspections.actions.photos import add_photo
from services.home_inspections.enums import RectificationState, RubricState
from services.home_inspections.models import Answer, EvaluationLine, Inspection, Photo, Rectification, Rubric
from services.home_inspections.queries.rubrics import tree_of, why_unfit
from services.home_inspections.rules.grading import Marks
from services.home_inspections.todos import todos_for
from tests.factories.childrens_homes import HomeFactory
from tests.factories.enrolment import photo
from tests.factories.home_inspections import InspectionWorld
from tests.factories.organizations import UnionFactory
from tests.screening.people import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return InspectionWorld()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def url(name, *args):
    return reverse(f"home_inspections_desk:{name}", args=args)


def synced(client, one, *answers):
    return client.post(url("sync", one.token), json.dumps({"answers": list(answers)}), content_type="application/json")


def test_the_sheet_works_as_a_plain_form(world):
    one = world.in_field()
    client = client_of(world.inspectors[0])
    page = client.get(url("score", one.token))
    assert page.status_code == 200 and b"4.1" in page.content and b"1.1" not in page.content.split(b"<form")[1][:50]
    client.post(url("score", one.token), {"points-4.1": "3.5", "note-4.1": "宽敞", "save": "1"})
    answer = Answer.objects.get()
    assert (answer.half_points, answer.note, answer.version) == (7, "宽敞", 1)
    wrong = client.post(
        url("score", one.token), {"points-4.1": "99", "points-4.2": "1", "version-4.1": "1", "save": "1"}
    )
    assert wrong.status_code == 200 and 'value="99"' in wrong.content.decode()
    assert Answer.objects.get(criterion__code="4.2").half_points == 2
    odd = client.post(url("score", one.token), {"points-4.1": "\0", "base-4.1": "[", "version-4.1": "-3"})
    assert odd.status_code == 200


def test_a_stale_edit_shows_both_versions_and_either_can_be_kept(world):
    """T54 on the plain form."""
    one = world.in_field()
    her, other = (client_of(user) for user in world.inspectors)
    her.post(url("score", one.token), {"points-4.1": "2", "save": "1"})
    late = other.post(url("score", one.token), {"points-4.1": "3", "version-4.1": "0", "base-4.1": "{}", "save": "1"})
    text = late.content.decode()
    assert "inspection-clash" in text and 'value="3"' in text and Answer.objects.get().half_points == 4
    base = json.dumps({"points": "2.0", "not_applicable": False, "reason": "", "counted": None, "note": ""})
    other.post(url("score", one.token), {"points-4.1": "3", "version-4.1": "1", "base-4.1": base, "save": "1"})
    assert Answer.objects.get().half_points == 6
    taken = her.post(url("score", one.token), {"points-4.1": "1", "version-4.1": "1", "take": "4.1"})
    assert 'value="3"' in taken.content.decode()


def test_what_a_phone_sends_is_answered_one_by_one(world):
    one = world.in_field()
    client = client_of(world.inspectors[0])
    said = {"code": "4.1", "points": "2", "key": "k1", "seen": 0, "base": {}, "device_at": "2026-10-11T01:02:03.000Z"}
    results = synced(
        client, one, said, {"code": "4.2", "points": "99"}, {"code": "x"}, {"code": "4.3", "note": 5}
    ).json()
    outcomes = {result["code"]: result["outcome"] for result in results["results"]}
    assert outcomes == {"4.1": "saved", "4.2": "refused", "x": "refused", "4.3": "saved"}
    assert Answer.objects.get(criterion__code="4.1").device_at.year == 2026
    assert synced(client, one, said).json()["results"][0]["outcome"] == "same"
    other = client_of(world.inspectors[1])
    clash = synced(other, one, {"code": "4.1", "points": "3", "key": "k2", "seen": 0, "base": {}}).json()["results"][0]
    assert (clash["outcome"], clash["stored"]["points"], clash["version"]) == ("conflict", "2", 1)
    for rubbish in ("", "[]", '{"answers": 3}', '{"answers": [1]}', "{"):
        assert client.post(url("sync", one.token), rubbish, content_type="application/json").status_code == 400
    assert (
        client_of(world.county_officer).post(url("sync", one.token), "{}", content_type="application/json").status_code
        == 403
    )


def test_a_photo_keeps_its_device_time_and_one_used_twice_is_found(world):
    one = world.in_field()
    client = client_of(world.inspectors[0])
    data = photo().read() if hasattr(photo(), "read") else photo()
    sha = hashlib.sha256(data).hexdigest()

    def send(visit, code="4.4", sha256=sha):
        body = {"photo": SimpleUploadedFile("a.jpg", data), "criterion": code, "sha256": sha256}
        return client.post(
            url("photo_add", visit.token), body | {"device_at": "2026-10-11T01:02:03Z"}, headers={"X-Keep": "1"}
        )

    assert send(one, sha256="0" * 64).status_code == 422
    first = send(one).json()
    assert first["twice"] == "" and Photo.objects.unscoped().get().device_at.year == 2026
    assert send(one).json()["token"] == first["token"]
    second = world.in_field(home=world.homes["school_b"])
    assert world.home.code in send(second).json()["twice"]
    assert client.get(url("photo", first["token"])).status_code == 200
    assert client_of(world.county_b_officer).get(url("photo", first["token"])).status_code == 404


def test_from_the_sheet_to_the_verdict_by_clicks(world):
    one = world.answered()
    her, other, county = (client_of(user) for user in (*world.inspectors, world.county_officer))
    fields = {f"points-{code}": str(value) for code, value in _stored_points(one).items()}
    versions = {f"version-{answer.criterion.code}": "1" for answer in one.answers.select_related("criterion")}
    assert her.post(url("score", one.token), fields | versions | {"finish": "1"}).status_code == 302
    for client in (her, other):
        client.post(url("sign", one.token))
    her.post(url("sign_host", one.token), {"name": "示例", "post": "校长", "agrees": "on"})
    assert county.get(url("one", one.token)).status_code == 200
    county.post(url("confirm", one.token), {"due_on": ""})
    done = Inspection.objects.unscoped().get(pk=one.pk)
    assert (done.state, done.score) == ("confirmed", Decimal(100))
    page = county.get(url("print", one.token)).content.decode()
    assert "100" in page and "示例" in page


def _stored_points(one) -> dict:
    return {answer.criterion.code: answer.points for answer in one.answers.select_related("criterion")}


def test_evidence_closes_a_finding(world):
    world.confirmed(points={"5.1": Decimal(0)})
    finding = Rectification.objects.unscoped().get()
    teacher, county = client_of(world.teacher), client_of(world.county_officer)
    assert [todo.text for todo in todos_for(world.teacher)]
    missing = teacher.post(url("hand_in", finding.token), {"done": "已补"})
    assert missing.status_code == 200 and "已补" in missing.content.decode()
    add_photo(
        finding.inspection,
        rectification=finding,
        upload=BytesIO(_bytes()),
        name="a.jpg",
        by=world.teacher,
        now=world.now,
    )
    teacher.post(url("hand_in", finding.token), {"done": "已补书架两个"})
    county.post(url("give_back", finding.token), {"because": "看不清"})
    assert Rectification.objects.unscoped().get().state == RectificationState.OPEN
    findings.hand_in(finding, done="已补书架两个", by=world.teacher, now=world.now)
    assert county.get(url("finding", finding.token)).status_code == 200
    county.post(url("accept", finding.token))
    assert Rectification.objects.unscoped().get().state == RectificationState.ACCEPTED


def _bytes() -> bytes:
    made = photo()
    return made.read() if hasattr(made, "read") else made


def test_no_rubric_counts_before_its_weights_and_marks_are_set():
    """T15 and A1.38 c: no silent default."""
    world = InspectionWorld(rubric=False)
    client = client_of(world.city_officer)
    client.post(url("rubric_begin"))
    draft = Rubric.objects.unscoped().get()
    assert (draft.pass_mark, draft.state) == (None, RubricState.DRAFT)
    reasons = {code for code, _where in why_unfit(tree_of(draft))}
    assert {"no_pass_mark", "weight_missing", "no_fails_below", "no_rectify_days", "no_difference_limit"} <= reasons
    with pytest.raises(errors.RubricUnfit):
        rubrics.put_in_force(draft, by=world.city_officer, today=world.today)
    with pytest.raises(errors.NoRubric):
        world.planned()
    page = client.get(url("rubric", draft.pk))
    assert page.status_code == 200
    fields = _form_of(page)
    wrong = client.post(url("rubric", draft.pk), fields | {"weight-4.1": "0.3", "pass_mark": "80"})
    assert wrong.status_code == 200 and 'value="80"' in wrong.content.decode()
    weights = {f"weight-{code}": str(Decimal(half) / 2) for code, half in rubrics.even_weights(tree_of(draft)).items()}
    marks = {"pass_mark": "80", "fails_below": "50", "difference_limit": "5", "rectify_days": "30", "source": "示例"}
    assert client.post(url("rubric", draft.pk), fields | weights | marks).status_code == 302
    client.post(url("rubric_in_force", draft.pk))
    assert Rubric.objects.unscoped().get().state == RubricState.IN_FORCE
    assert client.get(url("rubrics")).status_code == 200


def _form_of(page) -> dict:
    form = page.context["form"]
    return {name: form.initial.get(name) or "" for name in form.fields if name.startswith("asked_of")}


def test_county_facts_are_scored_once_and_settled_by_somebody_else():
    world = InspectionWorld(settled=False)
    county = client_of(world.county_officer)
    code = world.tree["county_a"].code
    wrong = county.post(url("county", code), {"points-1.1": "99", "points-1.2": "3"})
    assert wrong.status_code == 200 and 'value="99"' in wrong.content.decode()
    assert county.post(url("county_settle", code)).status_code == 403
    world.settle(world.tree["county_a"], world.county_officer)
    assert county.get(url("county", code)).status_code == 200
    assert client_of(world.county_b_officer).get(url("county", code)).status_code == 404


def test_pages_of_the_desk_open_and_figures_leave_as_a_workbook(world):
    world.confirmed(share=Decimal("0.5"))
    city = client_of(world.city_officer)
    for name in (
        "list",
        "progress",
        "findings",
        "draws",
        "figures",
        "figures_print",
        "evaluations",
        "rubrics",
        "freeze",
    ):
        assert city.get(url(name)).status_code == 200, name
    assert city.get(f"{url('list')}?state=nonsense&county=%00&passed=x&mine=y&p=abc").status_code == 200
    assert city.get(f"{url('findings')}?late=x&home=%00").status_code == 200
    book = load_workbook(BytesIO(city.get(url("figures_workbook")).content))
    assert len(book.sheetnames) == 6
    late = city.post(url("freeze"), {"purpose": "acceptance", "ratio": "0.5", "preschool": "stratum"})
    assert late.status_code == 200 and "1/3" in late.content.decode()


def test_a_list_costs_the_same_at_one_row_and_at_many(world):
    world.confirmed(share=Decimal("0.5"))
    client = client_of(world.city_officer)
    pages = (url("list"), url("findings"), url("progress"), url("figures"))

    def cost(page):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    for page in pages:
        cost(page)
    before = [cost(page) for page in pages]
    for number in range(6):
        host = UnionFactory(parent=world.tree["town_a"], kind="school", code=f"F-A-1-9{number}", name=f"示例{number}")
        home = HomeFactory(host=host, programme=world.programme, state="equipped", code=f"LSZJ-990001-9{number:02d}")
        world.confirmed(home=home, share=Decimal("0.5"))
    assert [cost(page) for page in pages] == before


def test_what_waits_for_whom(world):
    world.planned()
    assert any("1" in todo.text for todo in todos_for(world.inspectors[0]))
    world.signed(home=world.homes["school_b"])
    assert todos_for(world.county_officer) and not todos_for(world.county_b_officer)


def test_a_home_shows_its_inspections_and_tells_its_facts(world):
    world.confirmed()
    panel = home_panels["home_inspections"](world.home, world.county_officer)
    assert "100" in panel.lines[0][1] and panel.url
    assert facts_of([world.home], world.today)[world.home.pk]["inspection_score"].value == Decimal(100)


def test_a_year_is_graded_and_only_grades_are_published(world):
    by, now = world.city_officer, world.now
    marks = Marks(Decimal(90), Decimal(80), Decimal(60))
    with pytest.raises(errors.GradesOutOfOrder):
        evaluations.open_evaluation(
            world.programme,
            year=2026,
            marks=Marks(Decimal(80), Decimal(90), Decimal(60)),
            notice_days=7,
            source="示例",
            by=by,
            now=now,
        )
    year = evaluations.open_evaluation(
        world.programme, year=2026, marks=marks, notice_days=7, source="示例", by=by, now=now
    )
    evaluations.move_on(year, "ask_homes", by=by, now=now)
    line = EvaluationLine.objects.unscoped().select_related("home__host", "evaluation").get(home=world.home)
    client_of(world.teacher).post(url("mark", year.token, world.home.code), {"score": "97.77", "note": "示例"})
    evaluations.move_on(year, "ask_counties", by=by, now=now)
    with pytest.raises(errors.ScoresMissing):
        evaluations.move_on(year, "sample", by=by, now=now)
    for one in EvaluationLine.objects.unscoped().select_related("home__host"):
        county = world.county_b_officer if one.home == world.homes["school_c"] else world.county_officer
        evaluations.score_by_county(one, score=Decimal("93.33"), by=county, now=now)
    evaluations.move_on(year, "sample", by=by, now=now)
    evaluations.score_by_city(line, score=Decimal("55.55"), by=by, now=now)
    for verb in ("grade", "publicise"):
        evaluations.move_on(year, verb, by=by, now=now)
    page = Client().get(reverse("home_draws:grades", args=[year.token])).content.decode()
    assert world.home.code in page and not any(score in page for score in ("97.77", "93.33", "55.55"))
    # Among four homes a place would tell on one of them.
    with_places, place = "Place</th>", client_of(by).get(url("evaluation", year.token)).content.decode()
    assert with_places not in place and "名次</th>" not in place
    fifth = HomeFactory(host=UnionFactory(parent=world.tree["town_a"], kind="school"), programme=world.programme)
    EvaluationLine.objects.create(evaluation=year, home=fifth, county_score=Decimal("93.33"), grade="excellent")
    place = client_of(by).get(url("evaluation", year.token)).content.decode()
    assert (with_places in place or "名次</th>" in place) and "<td>5</td>" in place and place.count("<td>1</td>") == 4
    county = client_of(world.county_officer).get(url("evaluation", year.token)).content.decode()
    assert with_places not in county and "名次</th>" not in county
    line.refresh_from_db()
    assert line.grade == "not_met"
    notice = recognitions.propose(line, kind="criticism", words="示例", by=by, now=now)
    client = client_of(world.other_city_officer)
    assert client_of(by).post(url("notice_step", notice.token, "review")).status_code == 403
    client.post(url("notice_step", notice.token, "review"))
    client.post(url("notice_step", notice.token, "publish"))
    with pytest.raises(errors.NoticeRuns):
        recognitions.take(notice, "issue", by=by, now=now)
    with pytest.raises(errors.ReasonMissing):
        recognitions.take(notice, "object", by=world.teacher, now=now)
    recognitions.take(notice, "object", reason="已整改", by=world.teacher, now=now)
    done = recognitions.take(notice, "give_way", reason="异议成立", by=by, now=now)
    assert done.state == "decided" and client.get(url("notice", notice.token)).status_code == 200
    with pytest.raises(errors.NoticeRuns):
        evaluations.move_on(year, "close", by=by, now=now)
    evaluations.move_on(year, "close", by=by, now=world.later(days=9))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_days_that_are_proposed_stand_in_their_fields(world, language):
    one = world.signed(share=Decimal("0.5"))
    client = client_of(world.county_officer)
    client.cookies["language"] = language
    for page in (url("schedule", world.homes["school_b"].code),):
        assert f'value="{world.today:%Y-%m-%d}"' in client.get(page).content.decode()
    assert client.get(url("confirm", one.token)).status_code == 200
