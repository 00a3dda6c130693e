"""The list of unions brings each union's women workers' organisation along: one file, one preview, one account."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.coverage.enums import Answer, Form, LeftBecause, Position, TermStanding, TermState, UnionPost
from services.coverage.models import Requirements, Seat, Standing, Term, WomenCommittee
from services.coverage.queries.records import story_of
from services.coverage.rules.union_list import SLACK, Stated, which_term, years_after
from services.coverage.wording.story import details
from services.exchange.actions import apply_job, import_file, run_job, upload_sheet
from services.exchange.enums import JobState
from services.exchange.models import Job
from services.exchange.wording import explain
from services.foundation.sheets import Outcome, sheets
from services.organizations.enums import Role
from services.organizations.models import Organization
from tests.exchange.workbooks import workbook
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)
NOW = timezone.make_aware(datetime(2026, 11, 29, 9))
HEAD = ("组织编码", "上级编码", "组织名称", "类别", "会员数", "女会员数", "工会成立日期")
ITS_HEAD = (
    *("女职工组织形式", "女职工组织筹备日期", "女职工组织选举日期", "女职工组织批复日期"),
    *("女工主任姓名", "是否工会(副)主席", "届期(年)", "本届到期"),
)
FACTS = ("form", "prepared", "elected", "approved", "head", "deputy", "term", "until")
SOUND = {
    "form": "女职工委员会",
    "prepared": date(2018, 5, 7),
    "elected": date(2018, 6, 7),
    "approved": date(2018, 6, 20),
    "head": "示例秀英",
    "deputy": "是",
    "term": 5,
    "until": date(2028, 6, 7),
}


@pytest.fixture
def tree():
    return small_tree()


def line(code="N-1", above="T-A-1", name="示例新工会", kind="基层工会", members=(40, 30), **facts):
    return (code, above, name, kind, *members, date(2018, 6, 7), *(facts.get(fact) for fact in FACTS))


def run(*rows, **options):
    stream = workbook([(*HEAD, *ITS_HEAD), *rows], title="工会组织")
    return import_file(sheets["organizations"], stream, today=TODAY, now=NOW, **options)


def codes(found):
    return {row: [fault.code for fault in faults] for row, faults in found.items()}


def committee(code="N-1"):
    return WomenCommittee.objects.unscoped().get(organization__code=code)


def term(code="N-1"):
    return Term.objects.unscoped().get(committee__organization__code=code, state=TermState.IN_OFFICE)


def heads(code="N-1"):
    return list(Seat.objects.unscoped().filter(term__committee__organization__code=code).order_by("pk"))


def test_a_line_sets_up_the_committee_with_its_term_and_its_head(tree):
    assert dict(run(line(**SOUND)).counts) == {Outcome.NEW: 1}
    found = committee()
    assert (found.form, found.prepared_on, found.approved_on) == (Form.COMMITTEE, date(2018, 5, 7), date(2018, 6, 20))
    assert (term().number, term().years, term().ends_on) == (2, 5, date(2028, 6, 7))
    # The dates are those of the founding; when the second term was elected nobody said.
    assert term().elected_on is None
    [seat] = heads()
    assert (seat.name, seat.position, seat.union_post) == ("示例秀英", Position.CHAIR, UnionPost.STATED)


def test_the_first_term_has_the_founding_dates(tree):
    run(line(**SOUND | {"until": date(2023, 6, 7)}))
    assert (term().number, term().elected_on, term().approved_on) == (1, date(2018, 6, 7), date(2018, 6, 20))


def test_the_same_file_again_changes_nothing(tree):
    run(line(**SOUND))
    assert dict(run(line(**SOUND)).counts) == {Outcome.SAME: 1}
    assert (Term.objects.unscoped().count(), len(heads())) == (1, 1)


def test_an_empty_cell_erases_nothing(tree):
    run(line(**SOUND))
    assert dict(run(line()).counts) == {Outcome.SAME: 1}
    assert dict(run(line(term=3)).counts) == {Outcome.CHANGED: 1}
    assert (committee().approved_on, term().years, heads()[0].name) == (date(2018, 6, 20), 3, "示例秀英")


def test_not_set_up_is_written_down_too(tree):
    run(line(form="未建"))
    assert committee().form == Form.NONE
    assert not Term.objects.unscoped().exists()


def test_an_end_a_whole_term_later_is_the_next_term_and_the_old_one_ended_when_it_was_due(tree):
    run(line(**SOUND | {"until": date(2023, 6, 7)}))
    run(line(head="示例丽华", deputy="否", until=date(2028, 6, 7)))
    old = Term.objects.unscoped().get(state=TermState.ENDED)
    assert (old.number, old.ended_on) == (1, date(2023, 6, 7))
    assert (term().number, term().ends_on) == (2, date(2028, 6, 7))
    before, now = heads()
    assert (before.left_because, now.name, now.union_post) == (LeftBecause.TERM_ENDED, "示例丽华", UnionPost.NONE)


def test_another_head_takes_the_seat_and_who_held_it_stays_on_record(tree):
    run(line(**SOUND))
    run(line(head="示例丽华"))
    before, now = heads()
    assert (before.name, before.until_on, before.left_because) == ("示例秀英", TODAY, LeftBecause.OTHER)
    assert (now.name, now.replaces, now.union_post) == ("示例丽华", before, "")


@pytest.mark.parametrize(
    ("said", "column", "code"),
    [
        ({"elected": date(2018, 5, 1)}, "committee_elected", "elected_before_prepared"),
        ({"approved": date(2018, 6, 1)}, "committee_approved", "approved_before_elected"),
        ({"elected": None, "approved": date(2018, 5, 1)}, "committee_approved", "approved_before_prepared"),
        ({"term": 40, "until": date(2058, 6, 7)}, "committee_term", "term_years"),
        ({"term": "长期"}, "committee_term", "number_shape"),
        ({"until": date(2017, 6, 7)}, "committee_until", "ends_before_election"),
        ({"until": date(2033, 6, 7)}, "committee_until", "ends_too_late"),
        ({"form": "未建"}, "committee_form", "not_set_up_but"),
        ({"form": None}, "committee_form", "no_form"),
        ({"form": "妇女小组"}, "committee_form", "form_word"),
        ({"deputy": "也许"}, "committee_deputy", "deputy_word"),
        ({"approved": "去年"}, "committee_approved", "date_shape"),
        ({"head": "=1+1"}, "committee_head", "formula"),
        ({"head": "9号"}, "committee_head", "name_shape"),
        ({"members": (20, 30)}, "women_member_count", "women_over_members"),
    ],
)
def test_what_can_t_be_is_refused_in_its_cell_and_nothing_is_written(tree, said, column, code):
    done = run(line(**SOUND | said))
    [fault] = done.faults[2]
    assert (fault.column, fault.code) == (column, code)
    for language in ("en", "zh-hans"):
        with translation.override(language):
            told = explain(sheets["organizations"], 2, fault)
            assert told.message and told.remedy and "%(" not in told.message + told.remedy
    assert not WomenCommittee.objects.unscoped().exists()


def test_faults_of_the_organisation_and_of_its_committee_stand_in_one_account(tree):
    done = run(line(name=None, **SOUND | {"term": 40}))
    assert codes(done.faults) == {2: ["no_org_name", "term_years"]}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"approved": date(2026, 12, 1), "elected": date(2026, 11, 30), "until": None}, "not_yet"),
        ({"head": None}, "no_head"),
        ({"until": date(2018, 6, 7)}, "ends_on_election"),
        ({"until": date(2027, 1, 1)}, "ends_unlike_years"),
    ],
)
def test_what_is_doubtful_is_taken_in_with_a_note(tree, said, code):
    done = run(line(**SOUND | said))
    assert done.refused == 0
    assert code in codes(done.notes)[2]
    assert Organization.objects.filter(code="N-1").exists()
    assert WomenCommittee.objects.unscoped().exists() == (code != "not_yet")


def test_two_heads_of_one_name_under_one_roof_are_worth_a_look_and_no_more(tree):
    done = run(line(**SOUND), line("N-2", name="示例新二工会", **SOUND), line("N-3", "T-B", "示例新三工会", **SOUND))
    assert codes(done.notes) == {3: ["same_head"]}
    assert dict(done.counts) == {Outcome.NEW: 3}


def test_a_head_who_leads_another_union_on_record_under_the_same_roof_is_worth_a_look(tree):
    run(line(**SOUND), write=True)
    done = run(line("N-2", name="示例新二工会", **SOUND), line("N-3", "T-B", "示例新三工会", **SOUND))
    assert codes(done.notes) == {2: ["head_on_record"]}
    translation.activate("zh-hans")
    assert "示例新工会" in str(explain(sheets["organizations"], 2, done.notes[2][0]))
    assert not run(line(**SOUND)).notes


def test_the_federation_s_own_lengths_of_a_term_are_asked_for(tree):
    fields = {"valid_from": date(2020, 1, 1), "source": "示例依据"}
    Requirements.objects.create(organization=tree["county_a"], term_years=[4], **fields)
    own = SOUND | {"term": 4, "until": date(2030, 6, 7)}
    done = run(line(**own), line("N-2", "T-B", "示例新二工会", **own))
    assert codes(done.faults) == {3: ["term_years"]}


def test_a_school_of_the_women_s_federation_has_no_such_committee(tree):
    top = UnionFactory(kind="city_wf", code="F", name="示例市妇联")
    done = run(line("F-1", top.code, "甲县妇联", "县(区)妇联", **SOUND))
    assert codes(done.faults) == {2: ["no_committee_here"]}


def test_a_list_takes_no_committee_away_and_finishes_no_re_election(tree):
    run(line(**SOUND | {"until": date(2023, 6, 7)}))
    assert codes(run(line(form="未建")).faults) == {2: ["was_set_up"]}
    Term.objects.create(committee=committee(), number=2, prepared_on=date(2026, 10, 1))
    assert codes(run(line(until=date(2028, 6, 7))).faults) == {2: ["under_way"]}


def test_only_the_clean_rows_bring_their_committees(tree):
    done = run(line(**SOUND), line("N-2", name="示例新二工会", **SOUND | {"term": 40}), only_clean=True)
    assert codes(done.faults) == {3: ["term_years"]}
    assert [str(one) for one in WomenCommittee.objects.unscoped()] == ["示例新工会"]


def test_what_a_list_changes_of_a_record_stands_in_its_story_and_what_it_adds_does_not(tree):
    run(line(**SOUND))
    assert story_of(committee()) == []
    run(line(**SOUND | {"approved": date(2018, 6, 25), "head": "示例春花"}))
    (entry,) = story_of(committee())
    assert entry.action == "coverage.import"
    assert entry.data == {"changed": {"approved_on": ["2018-06-20", "2018-06-25"]}, "head": True}
    with translation.override("en"):
        assert "June 20, 2018 → June 25, 2018" in details(entry) and "示例春花" not in details(entry)
    run(line(**SOUND | {"approved": date(2018, 6, 25), "head": "示例春花"}))
    assert len(story_of(committee())) == 1


def test_a_list_of_any_size_takes_the_same_number_of_queries(tree, django_assert_max_num_queries):
    rows = [line(f"N-{n}", name=f"示例第{n}工会", **SOUND) for n in range(300)]
    with django_assert_max_num_queries(42):
        run(*rows)
    with django_assert_max_num_queries(42):
        again = run(*(line(f"N-{n}", name=f"示例第{n}工会", **SOUND | {"head": "示例丽华"}) for n in range(300)))
    assert again.counts[Outcome.CHANGED] == 300


def test_the_standing_of_a_union_follows_what_its_line_says(tree):
    run(line(**SOUND))
    found = Standing.objects.unscoped().get(organization__code="N-1")
    assert (found.built, found.term, found.chair_qualified) == (Answer.YES, TermStanding.RUNNING, Answer.YES)
    run(line(deputy="否"))
    found.refresh_from_db()
    assert found.chair_qualified == Answer.NO


def test_the_real_list_is_taken_in_whole_and_says_what_is_doubtful(shared_data):
    for expected in (Outcome.NEW, Outcome.SAME):
        with open(shared_data / "unions.xlsx", "rb") as stream:
            done = import_file(sheets["organizations"], stream, today=TODAY, now=NOW)
        assert dict(done.counts) == {expected: 513}
    forms = [WomenCommittee.objects.unscoped().filter(form=form).count() for form in Form]
    assert forms == [345, 5, 95]  # three more are dated 2027 and 2028
    assert Term.objects.unscoped().filter(state=TermState.IN_OFFICE).count() == 350
    found = [code for row in codes(done.notes).values() for code in row]
    assert (found.count("not_yet"), found.count("ends_on_election")) == (9, 19)


def test_the_returned_workbook_colours_what_is_refused_and_what_is_doubtful(tree):
    officer = AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user
    stream = workbook(
        [(*HEAD, *ITS_HEAD), line(**SOUND | {"term": 40}), line("N-2", name="示例新二工会", **SOUND | {"head": None})]
    )
    spec = sheets["organizations"]
    job = upload_sheet(spec=spec, organization=tree["city"], by=officer, upload=stream, file_name="u.xlsx", now=NOW)
    job = run_job(Job.objects.unscoped().get(pk=job.pk), now=NOW)
    assert (job.state, job.refused, job.report["noted"]) == (JobState.FAULTY, 1, 1)
    with job.result.open("rb") as file:
        page = load_workbook(BytesIO(file.read())).worksheets[1]
    places = {cell.value: cell.column for cell in page[1]}
    assert page.cell(2, places["届期(年)"]).fill.fgColor.rgb == "00FFC7CE"
    assert page.cell(3, places["女工主任姓名"]).fill.fgColor.rgb == "00FFEB9C"
    job = run_job(apply_job(job, by=officer, only_clean_rows=True, now=NOW), now=NOW)
    assert job.state == JobState.DONE
    assert committee("N-2").form == Form.COMMITTEE


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    first=st.dates(date(1980, 1, 1), date(2020, 1, 1)),
    years=st.sampled_from([3, 4, 5]),
    number=st.integers(1, 12),
    late=st.integers(-SLACK.days, SLACK.days),
)
def test_which_term_it_is_follows_from_its_end(first, years, number, late):
    end = date.fromordinal(years_after(first, number * years).toordinal() + late)
    assert which_term(Stated(elected=first, term=years, until=end)) == number


def test_another_end_of_the_same_term_is_announced_anew(tree):
    run(line(**SOUND))
    Term.objects.unscoped().update(reminded=0)
    run(line(**SOUND | {"until": date(2028, 6, 20)}))
    assert (term().ends_on, term().reminded) == (date(2028, 6, 20), None)


def test_a_commissioner_who_becomes_the_head_of_a_committee_sits_as_its_head(tree):
    run(line(**SOUND | {"form": "女职工委员"}))
    run(line(**SOUND))
    (head,) = Seat.objects.unscoped().filter(until_on=None)
    assert (head.position, head.name) == (Position.CHAIR, "示例秀英")
