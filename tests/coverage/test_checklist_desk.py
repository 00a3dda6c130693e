"""The desk: a federation writes its list, a unit fills in its year, the federation above reviews it."""

import html
import io
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from services.coverage import errors
from services.coverage.actions import assessing
from services.coverage.actions.checklists import put_in_force, write_checklist
from services.coverage.enums import AssessmentState, ChecklistState, PassKind
from services.coverage.models import Checklist, Paper, SelfAssessment
from services.coverage.rules.scoring import Reviewed
from services.coverage.wordings import UNFIT
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree

pytestmark = pytest.mark.django_db
FREE = {"group": "work", "words": "示例条目", "points": Decimal(10)}
YEAR = timezone.localdate().year


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def desk(tree):
    """Signed-in officers by where they hold their post."""
    found = {}
    for name, place, role in (
        ("unit", "unit_a", Role.GRASSROOTS_OFFICER),
        ("county", "county_a", Role.FEDERATION_OFFICER),
        ("city", "city", Role.FEDERATION_OFFICER),
        ("other", "county_b", Role.FEDERATION_OFFICER),
        ("auditor", "city", Role.AUDITOR),
    ):
        user = AssignmentFactory(organization=tree[place], role=role).user
        sync_groups(user)
        found[name] = Client()
        found[name].force_login(user, backend="services.accounts.backends.StaffPassword")
        found[name].user = user
    return found


def url(name, *args):
    return reverse(f"coverage_standard:{name}", args=args)


def in_force(tree, desk, **items):
    items = items or {"a": {}, "b": {}}
    rows = [FREE | {"code": code} | more for code, more in items.items()]
    fields = {"pass_kind": PassKind.POINTS, "pass_mark": Decimal(10), "source": "示例文件"}
    by = desk["city"].user
    return put_in_force(
        write_checklist(tree["city"], fields=fields, items=rows, by=by), by=by, today=timezone.localdate()
    )


def begun(tree, desk):
    in_force(tree, desk)
    return assessing.open_year(tree["unit_a"], YEAR, by=desk["unit"].user, now=timezone.now())


def handed_up(tree, desk):
    made, by = begun(tree, desk), desk["unit"].user
    said = {code: {"claimed": Decimal(8), "words": "台账可查"} for code in ("a", "b")}
    assessing.save_answers(made, said, seen=made.edition, by=by)
    return assessing.hand_up(made, by=by, now=timezone.now())


def checklist_form(*rows, **fields):
    data = {"pass_kind": "points", "pass_mark": "10", "source": "示例文件", **fields}
    data |= {"items-TOTAL_FORMS": len(rows), "items-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        data |= {f"items-{place}-{name}": value for name, value in row.items()}
    return data


ROW = {"group": "work", "code": "a", "words": "示例条目", "points": "10"}


def test_a_federation_writes_its_list_and_puts_it_in_force(tree, desk):
    answer = desk["city"].post(url("checklist_new"), checklist_form(ROW, ROW | {"code": "b"}))
    assert answer.status_code == 302
    draft = Checklist.objects.get()
    assert (draft.state, draft.items.count()) == (ChecklistState.DRAFT, 2)
    assert desk["city"].post(url("checklist_in_force", draft.pk)).status_code == 302
    draft.refresh_from_db()
    assert draft.state == ChecklistState.IN_FORCE
    assert "示例条目" in desk["unit"].get(url("checklists")).content.decode()


def test_two_who_write_the_same_list_see_each_other(tree, desk):
    page, city = url("checklist_new"), desk["city"]
    city.post(page, checklist_form(ROW))
    opened = city.get(page).context["form"]["as_opened"].value()
    theirs = ROW | {"words": "别人写的条目"}
    assert city.post(page, checklist_form(theirs, as_opened=opened)).status_code == 302
    late = city.post(page, checklist_form(ROW | {"words": "我写的条目"}, as_opened=opened))
    assert late.context["form"].non_field_errors() and "我写的条目" in late.content.decode()
    assert Checklist.objects.get().items.get().words == "别人写的条目"
    again = late.context["form"]["as_opened"].value()
    assert city.post(page, checklist_form(ROW | {"words": "我写的条目"}, as_opened=again)).status_code == 302
    assert Checklist.objects.get().items.get().words == "我写的条目"


def test_a_draft_without_a_pass_mark_is_kept_and_not_put_in_force(tree, desk):
    desk["city"].post(url("checklist_new"), checklist_form(ROW, pass_kind="", pass_mark=""))
    draft = Checklist.objects.get()
    assert draft.pass_mark is None
    shown = desk["city"].post(url("checklist_in_force", draft.pk), follow=True).content.decode()
    with override("zh-hans"):
        assert str(UNFIT["no_mark"]) in html.unescape(shown)
    draft.refresh_from_db()
    assert draft.state == ChecklistState.DRAFT


@pytest.mark.parametrize(
    "wrong",
    [{"points": "-1"}, {"points": "很多"}, {"points": "NaN"}, {"points": "1e9"}, {"code": "甲"}, {"group": "宇宙"}],
)
def test_bad_rows_are_named_and_nothing_typed_is_lost(tree, desk, wrong):
    answer = desk["city"].post(url("checklist_new"), checklist_form(ROW | wrong, source="示例来源文件"))
    assert answer.status_code == 200
    assert "示例来源文件" in answer.content.decode()
    assert answer.context["items"].forms[0].errors
    assert not Checklist.objects.exists()


def test_two_rows_of_one_code_are_named(tree, desk):
    answer = desk["city"].post(url("checklist_new"), checklist_form(ROW, ROW))
    assert answer.context["items"].forms[1].errors["code"]


def test_the_unit_begins_fills_in_saves_and_hands_up(tree, desk):
    in_force(tree, desk)
    unit, page = desk["unit"], url("assessment", "T-A-1-1", YEAR)
    assert unit.post(url("begin", "T-A-1-1"))["Location"] == page
    half = unit.post(page, {"seen": 1, "claimed-a": "5", "words-a": "写到一半", "save": 1})
    assert half.status_code == 302
    assert "写到一半" in unit.get(page).content.decode()
    seen = unit.get(page).context["form"]["seen"].value()
    lacking = unit.post(page, {"seen": seen, "claimed-a": "5", "words-a": "写到一半", "hand_up": 1})
    assert lacking.status_code == 200
    assert lacking.context["form"].errors["claimed-b"]
    seen = lacking.context["form"]["seen"].value()
    assert unit.post(page, {"seen": seen, "claimed-a": "5", "claimed-b": "5", "hand_up": 1}).status_code == 302
    assert SelfAssessment.objects.unscoped().get().state == AssessmentState.SUBMITTED


def test_the_first_self_assessment_is_begun_from_the_record_of_the_union(tree, desk):
    unit, record = desk["unit"], reverse("coverage_records:one", args=["T-A-1-1"])
    assert url("begin", "T-A-1-1") not in unit.get(record).content.decode()
    in_force(tree, desk)
    shown = unit.get(record).content.decode()
    assert url("begin", "T-A-1-1") in shown and url("of_union", "T-A-1-1") in shown
    assert url("of_union", "T-A-1-1") in unit.get(url("assessments")).content.decode()
    for reader in ("county", "auditor"):
        assert f'{url("of_union", "T-A-1-1")}"' not in desk[reader].get(url("assessments")).content.decode()
    assert url("begin", "T-A-1-1") not in desk["auditor"].get(record).content.decode()
    assert unit.post(url("begin", "T-A-1-1")).status_code == 302
    shown = unit.get(record).content.decode()
    assert url("begin", "T-A-1-1") not in shown and url("assessment", "T-A-1-1", YEAR) in shown
    assert f'{url("of_union", "T-A-1-1")}"' not in unit.get(url("assessments")).content.decode()


def test_the_record_tells_the_scores_of_the_years(tree, desk):
    made = handed_up(tree, desk)
    said = {code: Reviewed(Decimal(8)) for code in ("a", "b")}
    assessing.review(made, said, seen=made.edition, by=desk["county"].user, now=timezone.now())
    shown = desk["unit"].get(reverse("coverage_records:one", args=["T-A-1-1"]))
    assert [(one.year, one.score) for one in shown.context["scores"]] == [(YEAR, 16)]


def test_what_is_typed_is_kept_while_she_types_and_what_is_wrong_is_not(tree, desk):
    made = begun(tree, desk)
    page = url("assessment", "T-A-1-1", YEAR)
    typed = {"seen": 1, "claimed-a": "5", "claimed-b": "500"}
    answer = desk["unit"].post(page, typed, headers={"X-Keep": "1"})
    assert (answer.status_code, list(answer.json())) == (422, ["error", "seen"])
    kept = {one.item.code: one.claimed for one in made.answers.select_related("item")}
    assert kept == {"a": 5}
    seen = answer.json()["seen"]
    answer = desk["unit"].post(page, typed | {"claimed-b": "6", "seen": seen}, headers={"X-Keep": "1"})
    assert (answer.status_code, list(answer.json())) == (200, ["kept", "seen"])


def test_her_own_other_tab_writes_nothing_over_and_an_answer_that_got_lost_is_no_conflict(tree, desk):
    made, page = begun(tree, desk), url("assessment", "T-A-1-1", YEAR)
    first = {"seen": 1, "claimed-a": "5", "words-a": "第一个窗口"}
    assert desk["unit"].post(page, first, headers={"X-Keep": "1"}).json()["seen"] == 2
    assert desk["unit"].post(page, first, headers={"X-Keep": "1"}).json()["seen"] == 2
    stale = desk["unit"].post(page, {"seen": 1, "claimed-a": "5", "words-a": "第二个窗口"}, headers={"X-Keep": "1"})
    assert (stale.status_code, list(stale.json())) == (422, ["error"])
    assert made.answers.get(item__code="a").words == "第一个窗口"
    both = desk["unit"].post(page, {"seen": 1, "claimed-a": "5", "words-a": "第二个窗口", "save": 1})
    assert "第一个窗口" in both.content.decode() and "第二个窗口" in both.content.decode()
    again = both.context["form"]["seen"].value()
    wins = {"seen": again, "claimed-a": "5", "words-a": "第二个窗口", "save": 1}
    assert desk["unit"].post(page, wins).status_code == 302
    assert made.answers.get(item__code="a").words == "第二个窗口"


@pytest.mark.parametrize("wrong", ["-1", "11", "NaN", "十分", "1e400"])
def test_points_that_can_t_be_are_refused_beside_their_item(tree, desk, wrong):
    begun(tree, desk)
    page = url("assessment", "T-A-1-1", YEAR)
    answer = desk["unit"].post(page, {"seen": 1, "claimed-a": wrong, "words-b": "另一条", "save": 1})
    assert answer.status_code == 200
    assert answer.context["form"].errors["claimed-a"]
    assert "另一条" in answer.content.decode()


def test_who_saves_upon_an_older_page_sees_both(tree, desk):
    begun(tree, desk)
    page = url("assessment", "T-A-1-1", YEAR)
    desk["unit"].post(page, {"seen": 1, "claimed-a": "5", "save": 1})
    desk["county"].post(page, {"seen": 2, "claimed-a": "7", "words-a": "区里补充", "save": 1})
    answer = desk["unit"].post(page, {"seen": 1, "claimed-a": "9", "words-a": "单位补充", "save": 1})
    shown = answer.content.decode()
    assert "区里补充" in shown and "单位补充" in shown
    again = answer.context["form"]["seen"].value()
    assert desk["unit"].post(page, {"seen": again, "claimed-a": "9", "save": 1}).status_code == 302


def test_evidence_is_added_on_the_way_and_seen_by_the_reviewer(tree, desk):
    in_force(tree, desk, a={"evidence": True})
    unit, page = desk["unit"], url("assessment", "T-A-1-1", YEAR)
    unit.post(url("begin", "T-A-1-1"))
    lacking = unit.post(page, {"seen": 1, "claimed-a": "5", "hand_up": 1})
    assert lacking.context["form"].lacking == {"a"}
    seen = lacking.context["form"]["seen"].value()
    way = unit.post(page, {"seen": seen, "claimed-a": "5", "words-a": "会议两次", "evidence": "a"})
    assert way["Location"] == url("evidence", "T-A-1-1", YEAR, "a")
    assert unit.get(way["Location"]).status_code == 200
    assert unit.post(way["Location"], {"file": ContentFile(b"text", name="a.txt")}).context["form"].errors["file"]
    stream = io.BytesIO()
    Image.new("RGB", (40, 40)).save(stream, "JPEG")
    stored = unit.post(way["Location"], {"file": ContentFile(stream.getvalue(), name="会议记录.jpg")})
    assert stored["Location"] == page
    seen = unit.get(page).context["form"]["seen"].value()
    assert unit.post(page, {"seen": seen, "claimed-a": "5", "hand_up": 1}).status_code == 302
    paper = Paper.objects.unscoped().get()
    assert paper.token in desk["county"].get(url("review", "T-A-1-1", YEAR)).content.decode()
    assert desk["other"].get(way["Location"]).status_code == 404
    # What proves an item that was handed up stays.
    taken = unit.post(reverse("coverage_records:paper_remove", args=["T-A-1-1", paper.token]), follow=True)
    with override("zh-hans"):
        assert str(errors.PaperInUse.for_staff) in html.unescape(taken.content.decode())
    assert Paper.objects.unscoped().filter(removed_at__isnull=True).count() == 1


def test_the_federation_above_reviews_and_says_why_it_differs(tree, desk):
    handed_up(tree, desk)
    page = url("review", "T-A-1-1", YEAR)
    assert "台账可查" in desk["county"].get(page).content.decode()
    lacking = desk["county"].post(page, {"seen": 3, "reviewed-a": "8", "reviewed-b": "4", "review": 1})
    assert lacking.context["form"].errors["reason-b"]
    fit = {"seen": 3, "reviewed-a": "8", "reviewed-b": "4", "reason-b": "记录不全", "review": 1}
    assert desk["county"].post(page, fit).status_code == 302
    made = SelfAssessment.objects.unscoped().get()
    assert (made.score, made.reached) == (12, True)
    for language in ("zh-hans", "en"):
        shown = desk["unit"].get(url("assessment", "T-A-1-1", YEAR), headers={"Accept-Language": language})
        assert "记录不全" in shown.content.decode()


def test_it_goes_back_with_words_that_the_unit_reads(tree, desk):
    handed_up(tree, desk)
    page = url("review", "T-A-1-1", YEAR)
    assert desk["county"].post(page, {"seen": 3, "words": "", "give_back": 1}).context["words"].errors["words"]
    assert desk["county"].post(page, {"seen": 3, "words": "请补会议记录", "give_back": 1}).status_code == 302
    assert "请补会议记录" in desk["unit"].get(url("assessment", "T-A-1-1", YEAR)).content.decode()


def test_words_and_points_that_come_too_late_are_still_there_and_it_says_so(tree, desk):
    handed_up(tree, desk)
    page = url("review", "T-A-1-1", YEAR)
    late = desk["city"].post(page, {"seen": 2, "words": "按旧页面写的", "give_back": 1})
    assert "按旧页面写的" in late.content.decode() and late.context["form"].errors
    again = late.context["form"]["seen"].value()
    assert desk["city"].post(page, {"seen": again, "words": "请补会议记录", "give_back": 1}).status_code == 302
    for client, words, status in ((desk["city"], "请补会议记录", 302), (desk["county"], "还缺台账", 200)):
        assert client.post(page, {"seen": again, "words": words, "give_back": 1}).status_code == status
    lost = desk["county"].post(page, {"seen": again, "words": "还缺台账", "give_back": 1})
    assert "还缺台账" in lost.content.decode() and lost.context["words"].errors["words"]


def test_scope_and_rights(tree, desk):
    handed_up(tree, desk)
    page, review = url("assessment", "T-A-1-1", YEAR), url("review", "T-A-1-1", YEAR)
    for address in (page, review, url("of_union", "T-A-1-1")):
        assert desk["other"].get(address).status_code == 404
    assert desk["unit"].get(review).status_code == 403
    assert desk["auditor"].get(page).status_code == 200
    assert desk["auditor"].post(page, {"seen": 1}).status_code == 403
    assert desk["unit"].get(url("checklist_new")).status_code == 403
    assert desk["unit"].get(url("assessment", "T-A-1-1", 1999)).status_code == 404
    assert "T-A-1-1" not in desk["other"].get(url("assessments")).content.decode()


def test_the_list_costs_the_same_at_one_row_and_at_thirty(tree, desk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun(tree, desk)
    costs = []
    for more in (0, 30):
        for number in range(more):
            union = UnionFactory(parent=tree["town_a"], code=f"M-{number}")
            assessing.open_year(union, YEAR, by=desk["city"].user, now=timezone.now())
        desk["city"].get(url("assessments"))
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert desk["city"].get(url("assessments")).status_code == 200
        costs.append(len(counted))
    assert costs[0] == costs[1]
