"""Standards at the desk: lines by region and day, tests and programmes in versions, real fields, a trial."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from services.foundation.scope import unscoped
from services.organizations.enums import Role
from services.relief import errors
from services.relief.actions import standards as actions
from services.relief.demo_standards import load, samples
from services.relief.enums import ProgrammeKind, VersionState
from services.relief.forms.programmes import ProgrammeForm
from services.relief.models import IncomeTest, LivingLine, Programme
from services.relief.queries import standards as queries
from services.relief.rules import sheet
from tests.factories.organizations import small_tree
from tests.factories.relief import FundFactory, IncomeTestFactory, LivingLineFactory, ProgrammeFactory, RouteFactory
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def city(tree):
    return at_desk(tree["city"])


def url(name, *args):
    return reverse(f"relief_desk:{name}", args=args)


# --- lines ---


def test_a_line_is_entered_with_its_day_and_its_document(city, tree):
    typed = {"organization": tree["city"].pk, "valid_from": "2026-01-01", "monthly": "820", "source": "示例文件"}
    assert city.post(url("line_add"), typed).status_code == 302
    line = LivingLine.objects.get()
    assert (line.monthly, line.minimum_wage) == (Decimal(820), None)
    again = city.post(url("line_add"), typed)
    assert "valid_from" in again.context["form"].errors
    assert LivingLine.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("monthly", "0"),
        ("monthly", "-820"),
        ("monthly", "x"),
        ("monthly", "99999"),
        ("minimum_wage", "0"),
        ("source", ""),
    ],
)
def test_a_line_that_cannot_be_is_named_beside_its_field(city, tree, field, typed):
    answers = {"organization": tree["city"].pk, "valid_from": "2026-01-01", "monthly": "820", "source": "示例"}
    response = city.post(url("line_add"), answers | {field: typed})
    assert field in response.context["form"].errors
    assert not LivingLine.objects.exists()


def test_a_line_is_corrected_until_its_day_and_never_after(city, tree):
    ahead = LivingLineFactory(organization=tree["city"], valid_from=TODAY() + timedelta(days=9))
    form = city.get(url("line_edit", ahead.pk)).context["form"]
    typed = form.initial | {"organization": tree["city"].pk, "monthly": "830", "minimum_wage": ""}
    city.post(url("line_edit", ahead.pk), typed)
    ahead.refresh_from_db()
    assert ahead.monthly == 830
    LivingLine.objects.update(valid_from=TODAY())
    response = city.post(url("line_edit", ahead.pk), typed | {"monthly": "1"})
    assert "valid_from" in response.context["form"].errors
    assert LivingLine.objects.get().monthly == 830


def test_the_nearest_region_and_the_newest_day_count(tree):
    LivingLineFactory(organization=tree["city"], monthly=800)
    LivingLineFactory(organization=tree["city"], monthly=820, valid_from=TODAY())
    LivingLineFactory(organization=tree["city"], monthly=900, valid_from=TODAY() + timedelta(days=1))
    LivingLineFactory(organization=tree["county_b"], monthly=770)
    assert queries.terms_and_line(tree["unit_a"], TODAY())[2].monthly == 820
    assert queries.terms_and_line(tree["unit_c"], TODAY())[2].monthly == 770


# --- the income test ---


TEST = {
    "relative_multiple": "2",
    "sudden_multiple": "3",
    "sudden_cost_share": "",
    "exit_months": "6",
    "recheck_months": "12",
    "watch_months": "12",
    "visit_months": "3",
    "working_age_from": "16",
    "working_age_to": "54",
    "not_counted": ["festival_comfort"],
    "exclusions": ["two_homes"],
    "source": "示例认定标准",
}


def test_a_test_is_drafted_and_put_in_force_and_then_never_changes(city, tree):
    city.post(url("test_new"), TEST)
    draft = IncomeTest.objects.get()
    assert (draft.version, draft.state, draft.not_counted) == (1, VersionState.DRAFT, ["festival_comfort"])
    assert (draft.working_age_from, draft.working_age_to, draft.visit_months) == (16, 54, 3)
    city.post(url("test_new"), TEST | {"relative_multiple": "1.5"})
    assert IncomeTest.objects.get().relative_multiple == Decimal("1.5")
    city.post(url("test_activate", draft.pk))
    city.post(url("test_new"), TEST | {"sudden_cost_share": "0.8"})
    one, two = IncomeTest.objects.order_by("version")
    assert (one.state, one.relative_multiple, two.state) == (VersionState.ACTIVE, Decimal("1.5"), VersionState.DRAFT)
    city.post(url("test_activate", two.pk))
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, two.state, two.sudden_cost_share) == (VersionState.RETIRED, VersionState.ACTIVE, Decimal("0.80"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"relative_multiple": "0.5"}, "relative_multiple"),
        ({"relative_multiple": "3", "sudden_multiple": "2"}, "sudden_multiple"),
        ({"sudden_cost_share": "1.5"}, "sudden_cost_share"),
        ({"exit_months": "0"}, "exit_months"),
        ({"working_age_to": "12"}, "working_age_to"),
        ({"visit_months": "0"}, "visit_months"),
        ({"source": ""}, "source"),
        ({"not_counted": ["luck"]}, "not_counted"),
    ],
)
def test_a_test_that_cannot_be_is_named_beside_its_field(city, change, field):
    response = city.post(url("test_new"), TEST | change)
    assert field in response.context["form"].errors
    assert not IncomeTest.objects.exists()


def test_two_versions_are_never_in_force(tree):
    IncomeTestFactory(organization=tree["city"])
    with pytest.raises(IntegrityError), transaction.atomic():
        IncomeTestFactory(organization=tree["city"], version=2)
    ProgrammeFactory(organization=tree["city"], code="one")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeFactory(organization=tree["city"], code="one", version=2)


# --- programmes ---


def typed_programme(tree, **changes) -> dict:
    return {
        "organization": tree["city"].pk,
        "name": "示例助学",
        "source": "示例办法第三条",
        "opens_on": "2026-08-01",
        "closes_on": "2026-09-30",
        "stages": ["senior", "college"],
        "excluded_types": ["military"],
        "not_aided": "on",
        "amount_kind": "by_stage",
        "stage_college_on_file": "5000",
        "stage_college_other": "4000",
        "stage_senior_on_file": "3000",
        "fixed_any": "77",
        "per_year": "6000",
        "grants_count": "on",
        "items_relative": "1",
        "paper_admission": "required",
        "paper_fees": "asked",
        "once_a_year": "on",
    } | changes


def test_a_programme_is_written_with_fields_and_kept_as_the_rules_read_it(city, tree):
    response = city.post(url("programme_add") + "?kind=study_aid", typed_programme(tree))
    programme = Programme.objects.get()
    assert response["Location"] == url("programme", "study-aid")
    assert (programme.code, programme.version, programme.state) == ("study-aid", 1, VersionState.DRAFT)
    assert programme.conditions == [
        {"code": "not_aided"},
        {"code": "school_stage", "stages": ["senior", "college"]},
        {"code": "school_type", "excluded": ["military"]},
    ]
    # What was typed for another kind of sum is dropped.
    assert programme.amount == {
        "sums": {"senior": {"on_file": "3000"}, "college": {"on_file": "5000", "other": "4000"}}
    }
    assert programme.caps == {"per_year": "6000", "grants_count": True, "items_per_year": {"relative": 1}}
    assert [(one["kind"], one["required"]) for one in programme.documents] == [("admission", True), ("fees", False)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"source": ""}, "source"),
        ({"closes_on": "2026-07-01"}, "closes_on"),
        ({"stage_college_on_file": "-1"}, "stage_college_on_file"),
        ({"per_year": "plenty"}, "per_year"),
        ({"amount_kind": "formula"}, "amount_kind"),
        ({"stages": ["university"]}, "stages"),
        ({"share_any": "101"}, "share_any"),
    ],
)
def test_a_programme_that_cannot_be_is_named_beside_its_field(city, tree, change, field):
    response = city.post(url("programme_add") + "?kind=study_aid", typed_programme(tree, **change))
    assert field in response.context["form"].errors
    assert 'value="3000"' in response.content.decode()
    assert not Programme.objects.exists()


@pytest.mark.parametrize("kind", ProgrammeKind.values)
def test_every_sample_comes_back_from_its_own_form_unchanged(tree, kind):
    fields = {"caps": {}, "amount": {}, "amount_kind": "", "documents": []} | samples(TODAY())[kind]
    fund = FundFactory(organization=tree["city"])
    programme = ProgrammeFactory.build(organization=tree["city"], kind=kind, fund=fund, route_code="", **fields)
    choices = {"organizations": tree["city"].__class__.objects.all(), "routes": []}
    with unscoped():
        funds = fund.__class__.objects.unscoped()
        blank = ProgrammeForm(kind=kind, programme=programme, funds=funds, **choices)
        typed = {name: blank[name].value() for name in blank.fields if blank[name].value() not in (None, "", False)}
        form = ProgrammeForm(typed, kind=kind, programme=programme, funds=funds, **choices)
        assert form.is_valid(), form.errors
        written = form.version()
    assert sorted(written["conditions"], key=str) == sorted(fields["conditions"], key=str)
    assert (written["amount"], written["caps"]) == (fields["amount"], fields["caps"])
    assert sorted(written["documents"], key=str) == sorted(fields["documents"], key=str)


def test_a_version_is_put_in_force_only_when_it_is_complete(city, tree):
    city.post(url("programme_add") + "?kind=study_aid", typed_programme(tree))
    response = city.post(url("programme_activate", "study-aid"))
    assert response.status_code == 200
    draft = Programme.objects.get()
    assert draft.state == VersionState.DRAFT
    assert {code for _field, code in actions.unfit(draft)} == {"no_route", "no_fund"}
    fund, route = FundFactory(organization=tree["city"]), RouteFactory(organization=tree["city"])
    city.post(url("programme_edit", "study-aid"), typed_programme(tree, fund=fund.pk, route_code=route.code))
    assert city.post(url("programme_activate", "study-aid")).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.version, draft.fund) == (VersionState.ACTIVE, 1, fund)


def test_the_next_version_replaces_the_one_in_force_and_leaves_it_as_it_was(city, tree):
    made = _in_force(tree)
    fund, route = made["fund"], made["route"]
    typed = typed_programme(tree, fund=fund.pk, route_code=route.code, stage_college_on_file="5500")
    city.post(url("programme_edit", "study-aid"), typed)
    old, new = Programme.objects.filter(code="study-aid").order_by("version")
    assert (old.state, new.state) == (VersionState.ACTIVE, VersionState.DRAFT)
    city.post(url("programme_activate", "study-aid"))
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.amount["sums"]["college"]["on_file"]) == (VersionState.RETIRED, "5000")
    assert (new.state, new.version, new.amount["sums"]["college"]["on_file"]) == (VersionState.ACTIVE, 2, "5500")
    with pytest.raises(errors.NothingToActivate):
        actions.activate_programme(old, by=city.user, now=timezone.now())


def test_a_programme_is_taken_out_of_force(city, tree):
    _in_force(tree)
    city.post(url("programme_retire", "study-aid"))
    assert not Programme.objects.filter(code="study-aid", state=VersionState.ACTIVE).exists()


def _in_force(tree) -> dict:
    officer = post(tree["city"])
    fund, route = FundFactory(organization=tree["city"]), RouteFactory(organization=tree["city"])
    made = load(
        tree["city"],
        routes=dict.fromkeys(ProgrammeKind.values, route.code),
        fund=fund,
        by=officer,
        now=timezone.now(),
        county=tree["county_b"],
    )
    return made | {"fund": fund, "route": route}


def test_the_samples_are_all_in_force_with_line_and_test(tree):
    _in_force(tree)
    assert set(Programme.objects.filter(state=VersionState.ACTIVE).values_list("kind", flat=True)) == set(
        ProgrammeKind.values
    )
    terms, test, line = queries.terms_and_line(tree["unit_a"], TODAY())
    assert (terms.relative_multiple, test.version, line.monthly) == (2, 2, 820)
    assert all(one.source for one in Programme.objects.all())


def test_what_would_she_get_is_answered_on_the_programmes_page_and_kept_nowhere(city, tree):
    _in_force(tree)
    asked = {"persons": "3", "income": "60000", "rigid": "40000", "stage": "college", "on_file": "on"}
    tried = city.post(url("programme", "study-aid"), asked).context["tried"]
    assert tried.amount == "5,000.00"
    assert any("555.55" in row[2] for row in tried.rows)
    response = city.post(url("programme", "study-aid"), asked | {"persons": "0", "event": "accident"})
    assert {"persons", "cost"} <= set(response.context["form"].errors)
    assert response.context["tried"] is None


def test_who_reads_and_who_keeps(tree):
    _in_force(tree)
    reader, outsider = at_desk(tree["unit_a"], Role.GRASSROOTS_OFFICER), at_desk(tree["city"], Role.CLINIC_OPERATOR)
    assert reader.get(url("programme", "study-aid")).status_code == 200
    assert reader.get(url("programme_edit", "study-aid")).status_code == 403
    assert reader.post(url("programme_activate", "study-aid")).status_code == 403
    assert outsider.get(url("programmes")).status_code == 403
    assert outsider.get(url("programme", "study-aid")).status_code == 404


def test_nobody_sets_the_standards_of_another_region(tree):
    county = at_desk(tree["county_a"])
    typed = {"organization": tree["city"].pk, "valid_from": "2026-01-01", "monthly": "820", "source": "示例"}
    response = county.post(url("line_add"), typed)
    assert "organization" in response.context["form"].errors
    response = county.post(url("programme_add") + "?kind=study_aid", typed_programme(tree))
    assert "organization" in response.context["form"].errors
    assert not LivingLine.objects.exists()


def test_values_and_conditions_are_two_sides_of_one_sheet():
    for fields in samples(TODAY()).values():
        values = sheet.values_of_conditions(fields["conditions"])
        assert sorted(sheet.conditions_from(values), key=str) == sorted(fields["conditions"], key=str)
