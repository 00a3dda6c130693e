"""The statistics of women workers' organisations: named denominators, lists behind every number."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from services.coverage.models import Standing
from services.figures.actions import fold
from services.figures.queries import Ground, differences, table
from services.figures.registry import NOW, statistics
from services.figures.rules.numbers import rounded
from services.organizations.actions import close_organization, edit_organization
from services.organizations.models import Organization
from tests.coverage.standings import LACKING, UNSTATED, many_under, union_under
from tests.factories.organizations import UnionFactory, small_tree
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db

CODES = ["required", "all", "together", "overdue", "in-step", "chair", "standard"]


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def unions(tree):
    """Of every sort one, or more."""
    town, county = tree["town_a"], tree["county_b"]
    union_under(town)
    union_under(town, term="overdue", in_step="no", chair_qualified="no", standard="no", industry="")
    union_under(town, **LACKING)
    union_under(town, **UNSTATED)
    union_under(county, required="commissioner", form="commissioner", size="below", standard="unknown")
    union_under(county, **LACKING | {"required": "commissioner", "size": "below"})
    union_under(county, **LACKING | {"form": "", "built": "unknown"})
    union_under(county, simultaneous="no", term="ending", size="large", industry="制造")
    return tree


def figures(code: str, place: Organization):
    fold()
    statistic = statistics[f"coverage-{code}"]
    return table(statistic, Ground(), Ground().place(place), NOW)


def numbers(code: str, place: Organization) -> dict[str, int]:
    return {name.removeprefix("coverage-"): f.value for name, f in figures(code, place).total.figures.items()}


def page(client, code: str, place, **parameters):
    client.cookies["language"] = "en"
    return client.get(reverse("figures:at", args=[f"coverage-{code}", place.code]), parameters)


def test_the_two_coverages_have_denominators_of_their_own(unions):
    city = unions["city"]
    assert numbers("required", city) == {
        "required-built": 3,
        "required": 5,
        "required-lacking": 1,
        "required-unreported": 1,
        "unstated": 1,
    }
    assert numbers("all", city) == {"all-with": 4, "all": 8, "all-without": 3, "all-unreported": 1, "unstated": 1}


def test_a_union_that_has_not_stated_its_women_members_is_a_column_and_no_zero(tree):
    union_under(tree["town_a"], **UNSTATED)
    assert figures("required", tree["city"]).total.rate is None
    assert numbers("required", tree["city"])["unstated"] == 1


@pytest.fixture
def embellished(tree):
    """5,467 unions must have a committee, 4,289 have one; 1,129 more have a commissioner, which isn't enough."""
    county = tree["county_b"]
    many_under(county, 4289)
    many_under(county, 1129, **LACKING | {"form": "commissioner"})
    many_under(county, 5467 - 4289 - 1129, **LACKING)
    return tree


def test_4289_of_5467_is_78_5_per_cent_and_99_1_stands_beside_its_own_denominator_alone(embellished):
    """A city once published 99.1 % by counting otherwise, without saying so."""
    city = embellished["city"]
    assert rounded(figures("required", city).total.rate) == 78.5
    client = at_desk(city)
    shown = page(client, "required", city)
    assert shown.context["finding"] == "示例市总工会: 78.5%. Committee set up: 4,289; Must have a committee: 5,467."
    assert "99.1" not in shown.content.decode()
    other = page(client, "all", city)
    assert other.context["finding"] == (
        "示例市总工会: 99.1%. With a women workers' organisation: 5,418; All unions: 5,467."
    )


@pytest.mark.parametrize("code", CODES)
def test_every_rate_on_a_page_is_the_quotient_of_two_columns_that_the_page_names(unions, code):
    shown = page(at_desk(unions["city"]), code, unions["city"])
    statistic = statistics[f"coverage-{code}"]
    body = shown.content.decode()
    assert str(statistic.numerator.meaning) in body.replace("&#x27;", "'")
    assert str(statistic.denominator.meaning) in body.replace("&#x27;", "'")
    columns = [column.code for column in statistic.columns]
    below, above = columns.index(statistic.denominator.code), columns.index(statistic.numerator.code)
    for row in [*shown.context["children"], shown.context["kept"], shown.context["total"], *shown.context["split"]]:
        whole, part = int(row["cells"][below]["text"]), int(row["cells"][above]["text"])
        assert row["rate"] == (f"{100 * part / whole:.1f}%" if whole else "–")
    rates = set(re.findall(r"\d+\.\d%", shown.context["finding"]))
    assert rates <= {shown.context["total"]["rate"]}


@pytest.mark.parametrize(
    ("code", "by"),
    [*((code, "industry") for code in CODES), *((code, by) for code in CODES[:2] for by in ("size", "above"))],
)
def test_every_number_is_as_long_as_its_list(unions, code, by):
    client = at_desk(unions["city"])
    shown = page(client, code, unions["city"], by=by)
    rows = [*shown.context["children"], shown.context["kept"], shown.context["total"], *shown.context["split"]]
    links = [(cell["url"], int(cell["text"])) for row in rows for cell in row["cells"]]
    assert all(url for url, _number in links) and any(number for _url, number in links)
    for url, number in links:
        response = client.get(url)
        assert len(response.context["object_list"]) == number, url
        assert not response.context["broken_filters"]


def test_a_change_is_seen_at_once_and_a_closed_union_counts_no_more(unions):
    city, standing = unions["city"], Standing.objects.unscoped().filter(built="no").first()
    Standing.objects.unscoped().filter(pk=standing.pk).update(form="committee", built="yes")
    assert numbers("required", city)["required-built"] == 4
    close_organization(standing.organization, by=None, on=timezone.localdate(), reason="撤并")
    assert numbers("required", city)["required-built"] == 3
    assert differences() == []


def test_the_kind_of_the_union_above_follows_its_edit(tree):
    district = UnionFactory(parent=tree["city"], kind="township_union")
    union_under(district)
    fold()
    edit_organization(district, by=None, kind="industry_union")
    fold()
    assert differences() == []
