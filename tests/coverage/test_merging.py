"""When unions merge: their women workers' organisations, their standings, and the month ends before."""

from datetime import date, datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from services.coverage import errors
from services.coverage.actions import holding, terms
from services.coverage.enums import Form, LeftBecause, PaperKind, TermState
from services.coverage.models import Paper, Seat, Standing, StandingChange, Term, WomenCommittee
from services.coverage.queries.records import story_of
from services.coverage.wording.story import details
from services.figures.actions import fold, keep_month_end
from services.figures.queries import Ground, differences, table
from services.figures.registry import NOW, statistics
from services.organizations.actions import merge_organization
from services.organizations.models import Organization
from tests.coverage.office import Office
from tests.factories.coverage import CommitteeFactory, set_up, standing_of
from tests.factories.organizations import UnionFactory, small_tree

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def tree():
    tree = small_tree()
    for place in ("unit_a", "unit_b"):
        Organization.objects.filter(pk=tree[place].pk).update(member_count=40, women_member_count=20)
        tree[place].refresh_from_db()
        standing_of(tree[place])
    return tree


def merged(tree):
    return merge_organization(tree["unit_a"], into=tree["unit_b"], by=None, on=TODAY, reason="机构合并")


def test_the_committee_goes_over_where_the_other_has_none(tree):
    term = set_up(tree["unit_a"])
    merged(tree)
    standing = Standing.objects.unscoped().get(organization=tree["unit_b"])
    assert (standing.built, standing.form, standing.term) == ("yes", "committee", "running")
    term.refresh_from_db()
    assert term.committee.organization == tree["unit_b"]
    assert WomenCommittee.objects.own(organization=tree["unit_a"]).get().approved_on == term.approved_on
    assert not Standing.objects.own(organization=tree["unit_a"]).exists()
    assert set(StandingChange.objects.own(cause="merged", field="built").values_list("was", "now")) == {
        ("unknown", "yes"),
        ("yes", ""),
    }


def test_where_both_have_one_the_older_union_s_term_ends_and_what_was_under_way_is_called_off(tree):
    term, stays = set_up(tree["unit_a"]), set_up(tree["unit_b"])
    begun = Term.objects.create(committee=term.committee, number=2, prepared_on=TODAY, years=5)
    merged(tree)
    for one in (term, stays, begun):
        one.refresh_from_db()
    assert (term.state, term.ended_on, stays.state) == (TermState.ENDED, TODAY, TermState.IN_OFFICE)
    assert (begun.state, begun.called_off_because) == (TermState.CALLED_OFF, "机构合并")
    assert set(Seat.objects.own(term=term).values_list("until_on", "left_because")) == {(TODAY, LeftBecause.TERM_ENDED)}
    assert not Seat.objects.own(term=stays, until_on__isnull=False).exists()


@pytest.mark.parametrize(("both", "outcome"), [(False, "went_over"), (True, "ended")])
def test_what_became_of_it_stands_in_the_story_of_both_records(tree, both, outcome):
    set_up(tree["unit_a"])
    if both:
        set_up(tree["unit_b"])
    merged(tree)
    for name in ("unit_a", "unit_b"):
        entry = story_of(WomenCommittee.objects.own(organization=tree[name]).get())[0]
        assert (entry.action, entry.data["outcome"]) == ("coverage.merge", outcome)
        for language in ("en", "zh-hans"):
            with override(language):
                assert tree["unit_b"].name in details(entry) and "机构合并" in details(entry)


def test_a_merging_in_july_leaves_the_30th_of_june_as_it_was(tree, monkeypatch):
    set_up(tree["unit_b"])
    june = date(2026, 6, 30)
    kept, _now = keep_month_end(june, now=timezone.make_aware(datetime(2026, 7, 1, 1)))

    def figures(ground, code):
        found = table(statistics[f"coverage-{code}"], ground, ground.place(tree["city"]), NOW).total.figures
        return {name: figure.value for name, figure in found.items()}

    before = figures(Ground(kept), "required")
    assert (before["required"], before["required-built"]) == (2, 1)
    merged(tree)
    fold()
    assert figures(Ground(kept), "required") == before
    assert figures(Ground(), "required")["required"] == figures(Ground(), "required")["required-built"] == 1
    assert [line.place.code for line in _units(Ground(kept), tree)] == ["T-A-1-1", "T-A-1-2"]
    assert [line.place.code for line in _units(Ground(), tree)] == ["T-A-1-2"]
    assert differences() == []


@pytest.mark.parametrize("step", ["approve", "send_back", "prepare"])
def test_a_step_that_waited_for_a_merge_finds_the_union_closed(monkeypatch, step):
    office = Office()
    other = UnionFactory(parent=office.county)
    term = office.approved() if step == "prepare" else office.elected()

    class MergedWhileWaiting:
        """The rows of committees, which come free when the other side's merge is through."""

        @property
        def objects(self):
            if not Organization.objects.get(pk=office.union.pk).closed_on:
                merge_organization(office.union, into=other, by=None, on=office.today, reason="机构合并")
            return WomenCommittee.objects

    monkeypatch.setattr(holding, "WomenCommittee", MergedWhileWaiting())
    said = {"by": office.officer if step == "prepare" else office.above, "now": office.now}
    steps = {
        "approve": lambda: terms.approve(term, on=office.today, **said),
        "send_back": lambda: terms.send_back(term, because="示例", **said),
        "prepare": lambda: terms.prepare(office.union, on=office.today, years=5, **said),
    }
    with pytest.raises(errors.UnionClosed):
        steps[step]()


def test_a_record_that_says_not_set_up_wipes_nothing_of_the_union_that_stays(tree):
    CommitteeFactory(organization=tree["unit_a"], form=Form.NONE)
    stays = CommitteeFactory(organization=tree["unit_b"], form=Form.COMMITTEE, approved_on=date(2020, 5, 6))
    merged(tree)
    stays.refresh_from_db()
    assert (stays.form, stays.approved_on) == (Form.COMMITTEE, date(2020, 5, 6))
    assert Standing.objects.unscoped().get(organization=tree["unit_b"]).form == Form.COMMITTEE


def test_a_form_without_a_term_stays_and_the_term_of_the_older_union_ends(tree):
    term = set_up(tree["unit_a"])
    stays = CommitteeFactory(organization=tree["unit_b"], form=Form.COMMITTEE, approved_on=date(2020, 5, 6))
    merged(tree)
    stays.refresh_from_db()
    term.refresh_from_db()
    assert (stays.approved_on, term.state) == (date(2020, 5, 6), TermState.ENDED)
    assert term.committee.organization == tree["unit_a"]


def test_staff_stated_by_the_union_that_stays_is_kept_where_the_other_says_nothing(tree):
    set_up(tree["unit_a"], office_part_time=2)
    stays = CommitteeFactory(organization=tree["unit_b"], form=Form.NONE, office_full_time=1)
    merged(tree)
    stays.refresh_from_db()
    assert (stays.form, stays.office_full_time, stays.office_part_time) == (Form.COMMITTEE, 1, 2)


def test_papers_follow_the_terms_that_go_over_unless_the_other_union_has_them_on_record(tree):
    term = set_up(tree["unit_a"])

    def paper(place, digest, **more):
        plain = {"extension": "jpg", "content_type": "image/jpeg", "size": 1, "added_at": timezone.now()}
        said = {"kind": PaperKind.APPROVAL, "name": "示例批复.jpg", "digest": digest, **plain, **more}
        return Paper.objects.create(organization=tree[place], **said)

    goes, twice = paper("unit_a", "1" * 64, term=term), paper("unit_a", "2" * 64, term=term)
    of_no_term, there = paper("unit_a", "3" * 64), paper("unit_b", "2" * 64)
    merged(tree)
    homes = dict(Paper.objects.unscoped().values_list("pk", "organization"))
    a, b = tree["unit_a"].pk, tree["unit_b"].pk
    assert homes == {goes.pk: b, twice.pk: a, of_no_term.pk: a, there.pk: b}


def _units(ground, tree):
    town = Organization.objects.get(pk=tree["town_a"].pk)
    return table(statistics["coverage-all"], ground, ground.place(town), NOW).children
