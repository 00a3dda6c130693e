"""The desk of homes: the whole way by clicks, and every page drawn for those who read it."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from services.child_files.actions.consents import withdraw
from services.child_files.enums import Purpose
from services.child_files.queries.files import consents_standing
from services.childrens_homes import exporters
from services.childrens_homes.actions import committees
from services.childrens_homes.figures import REPORTS
from services.childrens_homes.models import (
    CareActivity,
    Census,
    CensusDefinition,
    Home,
    Paper,
    RegulationDoc,
    SiteApplication,
)
from services.organizations.enums import Kind, Role
from tests.childrens_homes.office import Office, client_of, post
from tests.factories.child_files import Nursery
from tests.factories.enrolment import photo
from tests.factories.organizations import UnionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def url(name, *args):
    return reverse(f"childrens_homes_desk:{name}", args=args)


PAGES = (
    *("overview", "homes", "matrix", "applications", "application_add", "plans", "timeline", "letters", "censuses"),
    *("volunteers", "volunteer_add", "activities", "reports", "summaries", "census_add"),
)


def test_every_page_is_drawn_for_the_county_and_the_city(office):
    office.published("school_a", "nursery")
    office.home("school_b", code="LSZJ-990001-077")
    one = office.volunteer()
    year = office.programme.year
    found = [(name, ()) for name in PAGES]
    found += [("report", (one,)) for one in ("built", "coverage", "late", "letters", "compliance")]
    found += [("report", (one,)) for one in ("completeness", "people", "activities")]
    found += [("report_print", ("built",)), ("programme", (year,)), ("plan", (year, 1)), ("volunteer", (one.token,))]
    found += [("certificate", (one.token,)), ("letter_add", (year,)), ("milestone_done", (year, "M4", "F-A"))]
    found += [("summary_begin", ("F-A",)), ("leading_group", ("F-A",)), ("groups", ("F-A",))]
    for home in Home.objects.unscoped():
        pages = ("home", "rooms", "committee_new", "staff_add", "regulation_add", "activity_add", "service_add")
        found += [(name, (home.code,)) for name in pages]
    for user in (office.county, office.city):
        client = client_of(user)
        wrong = [(name, args, client.get(url(name, *args)).status_code) for name, args in found]
        assert [one for one in wrong if one[2] != 200] == []


def _application(office, **more) -> dict:
    data = {
        "host": office.tree["school_a"].code,
        "site_type": "primary_school",
        "profile": "school",
        "lbc_count": 60,
        "lbc_preschool_count": 4,
        "room_m2": "48",
        "outdoor_m2": "200",
        "demand_note": "示例需求",
        "capacity_note": "示例能力",
    }
    return data | more


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"room_m2": "4000"}, "room_m2"),
        ({"outdoor_m2": "999999"}, "outdoor_m2"),
        ({"room_m2": "0"}, "room_m2"),
        ({"lbc_preschool_count": 61}, "lbc_preschool_count"),
        ({"host": "F-A-1"}, "host"),
        ({"profile": "preschool"}, "profile"),
        ({"lbc_count": "1e999"}, "lbc_count"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(office, language, wrong, field):
    answer = client_of(office.county, language).post(url("application_add"), _application(office, **wrong))
    assert answer.status_code == 200 and list(answer.context["form"].errors) == [field]
    assert "示例需求" in answer.content.decode()
    assert not SiteApplication.objects.unscoped().exists()


def test_97_and_4_are_refused_beside_the_total(office):
    data = {"year": 2030, "target": 100, "target_school": 97, "target_preschool": 4, "lead_department": "示例"}
    client = client_of(office.city)
    answer = client.post(url("programme_add"), data)
    assert list(answer.context["form"].errors) == ["target"] and 'value="97"' in answer.content.decode()
    assert client.post(url("programme_add"), data | {"target_preschool": 3}).status_code == 302
    # The pass mark is still missing: the programme doesn't start, and the page says why.
    answer = client.post(url("programme_start", 2030))
    assert answer.status_code == 200 and answer.context["form"].non_field_errors()


def test_an_application_is_returned_and_its_applicant_reads_why(office):
    made = office.moved(office.application(), "submit")
    client = client_of(office.county)
    step = url("application_step", made.token, "return")
    assert list(client.post(step, {"reason": ""}).context["form"].errors) == ["reason"]
    assert client.post(step, {"reason": "照片不清楚"}).status_code == 302
    assert "照片不清楚" in client.get(url("application", made.token)).content.decode()
    assert client.get(url("application_step", made.token, "fly")).status_code == 404
    # What was taken already isn't offered; asked for again it says where it stands.
    assert client.post(url("application_step", made.token, "check")).context["form"].non_field_errors()


def test_a_photo_stands_beside_its_application_for_those_who_read_it(office, settings):
    settings.CASE_DOCUMENTS_UNSCANNED = True
    made = office.application()
    client = client_of(office.county)
    upload = SimpleUploadedFile("场地.jpg", photo(90).read(), content_type="image/jpeg")
    assert client.post(url("paper_add", "application", made.token), {"file": upload}).status_code == 302
    paper = Paper.objects.unscoped().get()
    answer = client.get(url("paper", paper.token))
    assert answer.status_code == 200 and answer["X-Content-Type-Options"] == "nosniff"
    assert client_of(office.other).get(url("paper", paper.token)).status_code == 404
    bad = SimpleUploadedFile("run.jpg", b"MZ\x90no picture", content_type="image/jpeg")
    answer = client.post(url("paper_add", "application", made.token), {"file": bad})
    assert list(answer.context["form"].errors) == ["file"]
    assert client.post(url("paper_remove", paper.token)).status_code == 302
    assert client.get(url("paper", paper.token)).status_code == 404


def test_a_rule_comes_with_its_photo_and_a_bad_one_loses_nothing(office, settings):
    settings.CASE_DOCUMENTS_UNSCANNED = True
    home, client = office.home(), client_of(office.teacher)
    data = {"kind": "study", "year": office.today.year, "title": "学习制度", "on_wall": "on"}
    upload = SimpleUploadedFile("墙.jpg", photo(80).read(), content_type="image/jpeg")
    assert client.post(url("regulation_add", home.code), data | {"photo": upload}).status_code == 302
    assert RegulationDoc.objects.unscoped().get().papers.count() == 1
    assert client.get(url("home", home.code)).status_code == 200
    upload = SimpleUploadedFile("走廊.jpg", photo(80).read(), content_type="image/jpeg")
    form = client.post(url("regulation_add", home.code), data | {"photo": upload, "year": "26"}).context["form"]
    # What was typed is still there; a file no page can put back, so it says so.
    assert form["title"].value() == "学习制度" and set(form.errors) == {"year", "photo"}
    assert form.errors["photo"] == ["请重新选择 走廊.jpg：页面退回后无法保留文件。"]


def test_a_volunteer_who_isnt_cleared_is_refused_beside_her_name(office):
    home, client = office.home(), client_of(office.teacher)
    one = office.volunteer(checked_ago=None)
    data = {"volunteer": one.token, "on": office.today.isoformat(), "hours": "2", "what": "示例"}
    answer = client.post(url("service_add", home.code), data)
    assert list(answer.context["form"].errors) == ["volunteer"]
    activity = {
        "on": office.today.isoformat(),
        "kind": "study",
        "theme": "示例",
        "hours": "2",
        "children": 9,
        "carers": 0,
    }
    answer = client.post(url("activity_add", home.code), activity | {"volunteers": [one.pk]})
    assert list(answer.context["form"].errors) == ["volunteers"]


def test_a_committee_is_formed_with_the_posts_that_stand_in_the_form(office):
    home, client = office.home(), client_of(office.teacher)
    page = client.get(url("committee_new", home.code))
    lines = {"members-TOTAL_FORMS": 3, "members-INITIAL_FORMS": 0, "formed_on": office.today.isoformat()}
    for n, (position, seat) in enumerate(
        [("chair", "township_deputy"), ("vice", "township_wf_chair"), ("vice", "school_head")]
    ):
        lines |= {
            f"members-{n}-position": position,
            f"members-{n}-post": seat,
            f"members-{n}-person_name": "示例成员",
        }
    assert page.status_code == 200
    lines["members-2-person_name"] = ""
    answer = client.post(url("committee_new", home.code), lines)
    assert answer.status_code == 200 and answer.context["form"].non_field_errors()
    answer = client.post(url("committee_new", home.code), lines | {"members-2-person_name": "13900001234"})
    assert answer.context["members"].errors[2] and "示例成员" in answer.content.decode()
    lines["members-2-person_name"] = "示例校长"
    assert client.post(url("committee_new", home.code), lines).status_code == 302


def test_a_census_is_typed_by_township_and_a_sum_that_differs_is_shown(office):
    client = client_of(office.county)
    newest = CensusDefinition.objects.unscoped().get()
    line = {"boys": 6, "girls": 4, "under_6": 2, "from_6": 5, "from_12": 3, "both_away": 7, "one_away": 4}
    data = {"county": "F-A", "definition": newest.pk, "as_of": office.today.isoformat()}
    data |= {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 1, "lines-0-town": "F-A-1"}
    data |= {f"lines-0-{name}": value for name, value in line.items()}
    answer = client.post(url("census_add"), data)
    assert answer.status_code == 200 and "both_away" in answer.context["lines"].errors[0]
    assert client.post(url("census_add"), data | {"lines-0-one_away": 3}).status_code == 302
    census = Census.objects.unscoped().get()
    assert client.get(url("census", census.token)).context["sums"] == [6, 4, 2, 5, 3, 7, 3]


def test_the_plan_is_read_by_others_only_once_it_is_published(office):
    office.consulted("school_a", "nursery")
    year = office.programme.year
    teacher, city = client_of(office.teacher), client_of(office.city)
    assert teacher.get(url("plan", year, 1)).status_code == 404
    refused = city.post(url("plan_step", year, 1, "approve"))
    assert refused.status_code == 200 and refused.context["form"].non_field_errors()
    assert client_of(office.chair).post(url("plan_step", year, 1, "approve")).status_code == 302
    assert city.post(url("plan_step", year, 1, "publish")).status_code == 302
    assert teacher.get(url("plan", year, 1)).status_code == 200


def test_a_home_out_of_reach_doesnt_exist_and_a_teacher_decides_nothing(office):
    home = office.home()
    assert client_of(office.other).get(url("home", home.code)).status_code == 404
    page = client_of(office.teacher).get(url("home", home.code)).content.decode()
    assert url("rooms", home.code) in page and url("home_step", home.code, "suspend") not in page
    assert client_of(office.teacher).post(url("home_step", home.code, "suspend")).status_code == 403
    reads = client_of(post(office.tree["county_a"], Role.HOME_INSPECTOR)).get(url("home", home.code)).content.decode()
    assert url("rooms", home.code) not in reads


def test_every_number_of_the_reports_is_the_length_of_its_list(office):
    office.home(room_m2=None)
    office.home("school_b", state="planned")
    office.home("nursery", internet=None)
    office.volunteer(checked_ago=400)
    client, seen = client_of(office.city), 0
    for code in ("built", "compliance", "completeness", "people", "activities"):
        for row in REPORTS[code](office.city, office.programme, office.today).rows:
            for cell in row:
                narrowed = any(f"{name}=" in cell.url for name in ("state", "lacking", "vetting", "idle"))
                if isinstance(cell.value, int) and narrowed:
                    answer = client.get(cell.url)
                    assert answer.context_data["counted"].rows == cell.value, cell.url
                    seen += 1
    assert seen > 20


def test_reports_leave_as_workbook_and_on_paper(office):
    office.home()
    client = client_of(office.county)
    for code in REPORTS:
        answer = client.get(url("report_workbook", code))
        assert answer.status_code == 200 and load_workbook(BytesIO(answer.content)).sheetnames
        assert client.get(url("report_print", code)).status_code == 200
    assert client.get(url("report", "nothing")).status_code == 404


def test_lists_leave_as_workbooks_with_the_rows_of_the_screen(office):
    office.home(room_m2=None)
    office.home("school_b")
    office.volunteer()
    for one in exporters.LISTS:
        found = one.find(office.county, QueryDict(), False)
        rows = list(one.lines(found.rows, False))
        assert all(len(row) == len(one.columns) for row in rows)
    found = exporters.HOMES.find(office.county, QueryDict("lacking=room"), False)
    assert len(list(exporters.HOMES.lines(found.rows, False))) == 1


def test_the_lists_cost_the_same_at_one_row_and_at_thirty(office):
    def cost(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(name)).status_code == 200
        return len(asked)

    def add(number: int) -> None:
        host = UnionFactory(parent=office.tree["town_a"], kind=Kind.SCHOOL, code=f"F-A-1-9{number}")
        office.tree["counted"] = host
        home = office.home("counted")
        office.application("counted")
        office.volunteer()
        CareActivity.objects.create(home=home, on=office.today, kind="study", theme="示例", hours=2, children=1)
        definition = CensusDefinition.objects.unscoped().get()
        census = {"county": office.tree["county_a"], "definition": definition, "as_of": office.day(number)}
        Census.objects.create(programme=office.programme, **census)

    client = client_of(office.county)
    add(0)
    names = ("homes", "matrix", "applications", "censuses", "volunteers", "activities")
    before = {name: (cost(name), cost(name))[1] for name in names}
    for number in range(1, 30):
        add(number)
    assert {name: cost(name) for name in names} == before


def test_a_summary_report_goes_to_the_city_and_its_answer_comes_back(office):
    office.home()
    county, city, year = client_of(office.county), client_of(office.city), office.programme.year
    assert county.post(url("summary_begin", "F-A")).status_code == 302
    assert city.get(url("summary", year, "F-A", 1)).status_code == 200
    refused = county.post(url("summary_send", year, "F-A", 1))
    assert refused.status_code == 200 and refused.context["form"].non_field_errors()
    written = {"title": "示例总结"} | {f"section-{number}": f"示例段落{number} <b>&" for number in range(7)}
    assert county.post(url("summary_edit", year, "F-A", 1), written).status_code == 302
    assert "示例段落6 &lt;b&gt;" in county.get(url("summary_print", year, "F-A", 1)).content.decode()
    with zipfile.ZipFile(BytesIO(county.get(url("summary_file", year, "F-A", 1, "docx")).content)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314 - our own
    said = [text for text in body.itertext() if text.strip()]
    assert said[0] == "示例总结"
    assert "示例段落6 <b>&" in said
    sheet = load_workbook(BytesIO(county.get(url("summary_file", year, "F-A", 1, "xlsx")).content)).worksheets[1]
    assert list(sheet.iter_rows(min_row=2, max_row=2, min_col=2, values_only=True)) == [(1,)]
    assert county.get(url("summary_file", year, "F-A", 1, "exe")).status_code == 404
    assert county.post(url("summary_send", year, "F-A", 1)).status_code == 302
    assert list(city.post(url("summary_answer", year, "F-A", 1), {"feedback": ""}).context["form"].errors) == [
        "feedback"
    ]
    assert city.post(url("summary_answer", year, "F-A", 1), {"feedback": "示例答复"}).status_code == 302
    assert "示例答复" in county.get(url("summary", year, "F-A", 1)).content.decode()
    assert client_of(office.other).get(url("summary", year, "F-A", 1)).status_code == 404


def _photo(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("活动.jpg", photo(number).read(), content_type="image/jpeg")


def test_a_photo_of_an_activity_wants_the_guardians_yes_and_is_held_back_when_one_is_taken_back():
    nursery = Nursery()
    for _number in range(2):
        child = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.PHOTO_INSIDE])
    nursery.child()
    home, teacher = nursery.home, client_of(nursery.teacher)
    Home.objects.unscoped().filter(pk=home.pk).update(state="operating")
    data = {
        "on": nursery.today.isoformat(),
        "kind": "arts",
        "theme": "示例活动",
        "hours": 2,
        "children": 3,
        "carers": 0,
    }
    assert teacher.post(url("activity_add", home.code), data).status_code == 302
    activity = CareActivity.objects.unscoped().get()
    add = url("paper_add", "activity", activity.token)
    assert "1" in teacher.get(add).context["form"].fields["agreed"].help_text
    refused = teacher.post(add, {"file": _photo(70)})
    assert refused.status_code == 200 and "agreed" in refused.context["form"].errors
    assert not Paper.objects.unscoped().exists()
    assert teacher.post(add, {"file": _photo(70), "agreed": "on"}).status_code == 302
    paper = Paper.objects.unscoped().get()
    assert teacher.get(url("paper", paper.token)).status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.unscoped().update(agreed_at=None)
    withdraw(consents_standing(child)[Purpose.PHOTO_INSIDE], now=nursery.now)
    assert teacher.get(url("paper", paper.token)).status_code == 404
    page = url("activity", activity.token)
    assert url("paper_agree", paper.token) in teacher.get(page).content.decode()
    assert teacher.post(url("paper_agree", paper.token)).status_code == 302
    assert teacher.get(url("paper", paper.token)).status_code == 200


def test_the_leading_groups_of_a_county_stand_on_a_page_with_those_before(office):
    said = {"formed_on": office.today, "doc_no": "", "by": office.county, "today": office.today}
    for name in ("示例甲", "示例乙"):
        committees.form_leading_group(
            office.tree["county_a"],
            kind="county_construction_lg",
            members=[("chair", "party_government_deputy", name)],
            **said,
        )
    found = client_of(office.county).get(url("groups", "F-A")).context
    assert [one.members.all()[0].person_name for _kind, one in found["groups"] if one] == ["示例乙"]
    assert len(found["groups"]) == 3 and len(found["earlier"]) == 1
    assert client_of(office.other).get(url("groups", "F-A")).status_code == 404
