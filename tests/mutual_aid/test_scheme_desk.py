"""Schemes at the desk: a copy of a sample completed and put in force, versions compared, what is missing beside it."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from services.mutual_aid import errors, queries
from services.mutual_aid.actions import schemes as actions
from services.mutual_aid.actions.samples import load_samples
from services.mutual_aid.enums import VersionState
from services.mutual_aid.models import Scheme, SchemeTerms
from services.mutual_aid.rules.fitness import lacking
from services.organizations.enums import Role
from tests.factories.mutual_aid import SchemeFactory, claim_route, scheme_in_force, version_of
from tests.factories.organizations import small_tree
from tests.factories.payments import fund_of
from tests.mutual_aid.whole import WHOLE
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def city(tree):
    return at_desk(tree["city"])


def url(name, *args):
    return reverse(f"mutual_aid_desk:{name}", args=args)


def typed(page) -> dict:
    """What the browser would send back from the form of the terms, untouched."""
    context, data = page.context, {"seen": page.context["seen"]}
    for form in (context["form"], *context["disease_rows"].forms, *context["line_rows"].forms):
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False and value != "":
                data[field.html_name] = value
    for rows in (context["disease_rows"], context["line_rows"]):
        data |= {field.html_name: field.value() for field in rows.management_form}
    return data


def _complete(tree) -> dict:
    return {"fund": fund_of(tree["city"]).pk, "route_code": claim_route(tree["city"]).code}


def test_a_sample_is_copied_completed_and_put_in_force(city, tree):
    load_samples(keeper=tree["city"])
    page = city.get(url("scheme_add") + "?like=ningbo-1y")
    names = page.context["form"].initial
    new = names | {"organization": tree["county_a"].pk, "code": "ours"}
    assert city.post(url("scheme_add") + "?like=ningbo-1y", new)["Location"] == url("terms_edit", "ours")
    draft = queries.version_for("ours")
    assert (draft.scheme.sample, draft.fee_per_share, draft.lines.count()) == (False, Decimal(15), 7)
    form = city.get(url("terms_edit", "ours"))
    assert "fee_split" in {lack.field for lack in actions.unfit(draft)}
    data = (
        typed(form)
        | _complete(tree)
        | {
            "fee_split": "by_unit",
            "age_min": "0",
            "effective_day": "0",
            "last_day_counts": "yes",
            "after_claim": "not_the_same",
            "duplicates": "first_counts",
            "notice_days": "0",
            "claim_days": "730",
            "hospital_level": "level_2",
            "exclusions_known": "on",
            "exclusions": ["pre_existing"],
            "addition_ends": "with_unit",
            "paper_pathology": "required",
        }
    )
    assert city.post(url("terms_edit", "ours"), data)["Location"] == url("scheme", "ours")
    draft.refresh_from_db()
    assert actions.unfit(draft) == []
    assert (draft.exclusions, draft.documents) == (["pre_existing"], [{"kind": "pathology", "required": True}])
    fit = city.get(url("terms_activate", "ours")).content.decode()
    assert '<button type="submit"' in fit.split('class="desk-actions"')[1].split("</form>")[0]
    assert city.post(url("terms_activate", "ours")).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.made_by, queries.version_for("ours").pk) == (VersionState.ACTIVE, city.user, draft.pk)


def test_saving_what_was_shown_changes_nothing(city, tree):
    """Every field, unknown ones too, comes back as it was: the form invents nothing and loses nothing."""
    load_samples(keeper=tree["city"])
    for code in Scheme.objects.values_list("code", flat=True):
        before = queries.version_for(code)
        mark = queries.fingerprint(before)
        assert city.post(url("terms_edit", code), typed(city.get(url("terms_edit", code)))).status_code == 302
        after = SchemeTerms.objects.get(pk=before.pk)
        assert queries.fingerprint(after) == mark, code
        assert after.sources == before.sources


def test_what_is_missing_stands_beside_its_field(city, tree):
    load_samples(keeper=tree["city"])
    page = city.get(url("terms_edit", "shanghai-2016"))
    beside = {field.name: lack for _heading, fields in page.context["sections"] for field, lack in fields if lack}
    assert {"max_shares", "age_min", "effective_day", "exclusions_known", "fund", "route_code"} <= set(beside)
    assert "fee_per_share" not in beside
    assert [len(lacks) for _form, lacks in page.context["lines"]] == [4, 3, 0, 0]
    assert page.content.decode().count("mutual-aid-lack") > 20


def test_an_unfit_draft_is_not_put_in_force(city, tree):
    load_samples(keeper=tree["city"])
    response = city.post(url("terms_activate", "beijing-2018"))
    assert response.status_code == 200
    assert response.context["lacks"]
    assert '<button type="submit"' not in response.content.decode().split('class="desk-actions"')[1].split("</form>")[0]
    assert queries.version_for("beijing-2018").state == VersionState.DRAFT
    with pytest.raises(errors.TermsUnfit) as refused:
        actions.activate_terms(queries.version_for("beijing-2018"), by=city.user, now=timezone.now())
    assert {"max_shares", "effective_day"} <= {lack.field for lack in refused.value.lacks}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"max_shares": "0"}, "max_shares"),
        ({"max_shares": "99"}, "max_shares"),
        ({"period_months": "0"}, "period_months"),
        ({"period_months": "9999999"}, "period_months"),
        ({"age_min": "61"}, "age_max"),
        ({"age_min": "-1"}, "age_min"),
        ({"threshold_percent": "0"}, "threshold_percent"),
        ({"threshold_percent": "101"}, "threshold_percent"),
        ({"fee_per_share": "0"}, "fee_per_share"),
        ({"fee_per_share": "12.345"}, "fee_per_share"),
        ({"fee_upper": "-1"}, "fee_upper"),
        ({"effective_day": "2"}, "effective_day"),
        ({"claim_days": "x"}, "claim_days"),
        ({"fee_split": "nobody"}, "fee_split"),
        ({"exclusions": ["luck"]}, "exclusions"),
        ({"source": "长" * 301}, "source"),
    ],
)
def test_a_figure_that_cannot_be_is_told_beside_its_field(city, tree, change, field):
    draft = version_of(SchemeFactory(organization=tree["city"], code="ours"), state=VersionState.DRAFT)
    mark = queries.fingerprint(draft)
    response = city.post(url("terms_edit", "ours"), typed(city.get(url("terms_edit", "ours"))) | change)
    assert field in response.context["form"].errors
    assert queries.fingerprint(SchemeTerms.objects.get(pk=draft.pk)) == mark


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        ({"lines-0-day_to": "-1"}, "line_rows"),
        ({"lines-1-day_to": "3"}, "line_rows"),
        ({"lines-1-per_share": "x"}, "line_rows"),
        ({"lines-0-per_share": "5"}, "line_rows"),
        ({"lines-1-grade": "cancer"}, "line_rows"),
        ({"lines-1-day_from": "0"}, "line_rows"),
        ({"lines-0-disease": "a b"}, "line_rows"),
        ({"diseases-0-code": "cervix"}, "disease_rows"),
        ({"diseases-0-code": "", "diseases-0-name": "x"}, "disease_rows"),
        ({"diseases-TOTAL_FORMS": "x"}, "disease_rows"),
        ({"lines-TOTAL_FORMS": "99999"}, "line_rows"),
    ],
)
def test_a_row_that_cannot_be_is_told_beside_it(city, tree, change, rows):
    draft = version_of(SchemeFactory(organization=tree["city"], code="ours"), state=VersionState.DRAFT)
    mark = queries.fingerprint(draft)
    response = city.post(url("terms_edit", "ours"), typed(city.get(url("terms_edit", "ours"))) | change)
    assert response.status_code == 200
    assert response.context[rows].total_error_count()
    assert queries.fingerprint(SchemeTerms.objects.get(pk=draft.pk)) == mark


def test_rows_are_added_and_taken_out(city, tree):
    draft = version_of(SchemeFactory(organization=tree["city"], code="ours"), state=VersionState.DRAFT)
    data = typed(city.get(url("terms_edit", "ours")))
    data |= {"diseases-3-code": "vulva", "diseases-3-name": "外阴癌", "diseases-0-DELETE": "on", "stay": "1"}
    assert city.post(url("terms_edit", "ours"), data)["Location"] == url("terms_edit", "ours")
    assert list(draft.diseases.values_list("code", flat=True)) == ["cervix", "ovary", "vulva"]


def test_a_draft_that_a_colleague_changed_is_not_overwritten(city, tree):
    draft = version_of(SchemeFactory(organization=tree["city"], code="ours"), state=VersionState.DRAFT)
    data = typed(city.get(url("terms_edit", "ours")))
    SchemeTerms.objects.filter(pk=draft.pk).update(claim_days=100)
    response = city.post(url("terms_edit", "ours"), data | {"claim_days": "200"})
    assert response.context["form"].non_field_errors()
    draft.refresh_from_db()
    assert draft.claim_days == 100


def test_a_figure_that_was_changed_no_longer_names_where_it_was_copied_from(city, tree):
    load_samples(keeper=tree["city"])
    data = typed(city.get(url("terms_edit", "beijing-2018"))) | {"notice_days": "20"}
    city.post(url("terms_edit", "beijing-2018"), data)
    sources = queries.version_for("beijing-2018").sources
    assert "notice_days" not in sources
    assert "fee_per_share" in sources


def test_a_version_in_force_never_changes_and_the_next_begins_from_any_of_them(city, tree):
    first = scheme_in_force(tree["city"], **_fit(tree))
    code = first.scheme.code
    mark = queries.fingerprint(first)
    assert city.get(url("terms_edit", code))["Location"] == url("scheme", code)
    assert city.post(url("terms_edit", code), {"claim_days": "1"})["Location"] == url("scheme", code)
    assert city.post(url("terms_new", code), {"version": "1"})["Location"] == url("terms_edit", code)
    draft = queries.versions_of(first.scheme)[0]
    assert (draft.version, draft.state, lacking(queries.terms_of(draft))) == (2, VersionState.DRAFT, [])
    assert city.get(url("terms_new", code))["Location"] == url("terms_edit", code)
    data = typed(city.get(url("terms_edit", code))) | {"claim_days": "730", "change_note": "延长申领期限"}
    city.post(url("terms_edit", code), data)
    rows = city.get(url("terms_compare", code)).context["rows"]
    assert [(old, new) for _section, _label, old, new, differs in rows if differs] == [
        ("365", "730"),
        ("—", "延长申领期限"),
    ]
    city.post(url("terms_activate", code))
    one, two = SchemeTerms.objects.order_by("version")
    assert (one.state, two.state, queries.fingerprint(one)) == (VersionState.RETIRED, VersionState.ACTIVE, mark)
    assert city.post(url("terms_new", code), {"version": "9"}).context["form"].errors
    city.post(url("terms_new", code), {"version": "1"})
    assert queries.versions_of(first.scheme)[0].claim_days == 365


def _fit(tree) -> dict:
    return {"fund": fund_of(tree["city"]), "route_code": claim_route(tree["city"]).code}


def test_putting_in_force_twice_and_out_of_force_twice(city, tree):
    version = version_of(SchemeFactory(organization=tree["city"], code="ours"), state=VersionState.DRAFT, **_fit(tree))
    now = timezone.now()
    first = actions.activate_terms(version, by=city.user, now=now)
    again = actions.activate_terms(version, by=city.user, now=timezone.now())
    assert (first.in_force_from, again.in_force_from) == (now, now)
    city.post(url("scheme_retire", "ours"))
    city.post(url("scheme_retire", "ours"))
    version.refresh_from_db()
    assert version.state == VersionState.RETIRED
    with pytest.raises(errors.NothingToActivate):
        actions.activate_terms(version, by=city.user, now=now)


def test_the_desk_answers_by_the_rules_and_keeps_nothing(city, tree):
    version = scheme_in_force(tree["city"])
    asked = {"effective": "2024-03-01", "diagnosed": "2024-05-01", "grade": "invasive_primary", "shares": "2"}
    asked |= {"hospital_level": "level_2", "hospital_days": "3", "surgery": "no", "disease": "breast"}
    page = city.post(url("scheme", version.scheme.code), asked)
    assert (page.context["tried"].amount, page.context["tried"].certain) == ("20,000.00", True)
    refused = city.post(url("scheme", version.scheme.code), asked | {"diagnosed": "2024-03-02"})
    assert refused.context["tried"].refusal
    wrong = city.post(url("scheme", version.scheme.code), asked | {"shares": "0", "effective": "x"})
    assert set(wrong.context["form"].errors) == {"shares", "effective"}
    assert wrong.context["tried"] is None


def test_a_taken_code_is_told_beside_its_field(city, tree):
    SchemeFactory(organization=tree["county_b"], code="taken")
    asked = {"organization": tree["city"].pk, "code": "taken", "name": "示例", "operator": "society"}
    response = city.post(url("scheme_add"), asked)
    assert "code" in response.context["form"].errors
    assert "code" in city.post(url("scheme_add"), asked | {"code": "a b"}).context["form"].errors
    assert Scheme.objects.count() == 1


def test_a_scheme_counts_for_those_below_and_is_read_by_them(tree):
    version = scheme_in_force(tree["county_a"])
    elsewhere = scheme_in_force(tree["county_b"])
    officer = at_desk(tree["unit_a"], Role.GRASSROOTS_OFFICER)
    assert officer.get(url("scheme", version.scheme.code)).status_code == 200
    assert officer.get(url("scheme", elsewhere.scheme.code)).status_code == 404
    assert officer.get(url("terms_edit", version.scheme.code)).status_code == 403
    assert list(queries.in_force_for(tree["unit_a"])) == [version]
    assert list(queries.in_force_for(tree["city"])) == []


def test_a_sample_that_nobody_keeps_is_read_by_all_and_written_by_none(tree):
    load_samples(keeper=None)
    officer = at_desk(tree["city"])
    assert officer.get(url("scheme", "ningbo-1y")).status_code == 200
    assert officer.get(url("terms_edit", "ningbo-1y")).status_code == 403
    assert officer.get(url("scheme_add") + "?like=ningbo-1y").status_code == 200


@pytest.mark.parametrize("page", ["schemes", "scheme", "terms_edit", "terms_compare", "terms_activate"])
def test_pages_cost_the_same_however_much_there_is(city, tree, page, django_assert_max_num_queries):
    version = version_of(SchemeFactory(organization=tree["city"], code="ours"), WHOLE, version=1)
    version_of(version.scheme, state=VersionState.DRAFT, version=2)
    address = url(page) if page == "schemes" else url(page, "ours")
    city.get(address)
    with django_assert_max_num_queries(80) as few:
        assert city.get(address).status_code == 200
    SchemeTerms.objects.filter(version=1).update(version=101)
    for number in range(3, 9):
        version_of(version.scheme, state=VersionState.RETIRED, version=number)
    SchemeTerms.objects.filter(state=VersionState.DRAFT).update(version=200)
    SchemeFactory.create_batch(5, organization=tree["city"])
    with django_assert_max_num_queries(80) as many:
        assert city.get(address).status_code == 200
    assert len(many) == len(few)
