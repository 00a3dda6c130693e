"""The samples as they are loaded, and the command that explains what a diagnosis gives."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from services.mutual_aid import queries
from services.mutual_aid.actions.samples import load_samples
from services.mutual_aid.enums import VersionState
from services.mutual_aid.models import Disease, LadderLine, Scheme, SchemeTerms
from services.mutual_aid.rules.fitness import lacking
from services.mutual_aid.samples import SAMPLES
from tests.factories.organizations import small_tree

pytestmark = pytest.mark.django_db

CODES = ("beijing-2018", "ningbo-1y", "ningbo-4y", "guangdong-ankang", "hainan-ankang", "shanghai-2016")
BEGAN = date(2024, 3, 1)


def said(*arguments, **options) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def explained(scheme, day, grade="invasive_primary", shares="1", *more) -> dict:
    diagnosed = (BEGAN + timedelta(days=day)).isoformat()
    asked = ["--scheme", scheme, "--effective", BEGAN.isoformat(), "--diagnosed", diagnosed, "--grade", grade]
    return json.loads(said("explain_benefit", *asked, "--shares", shares, "--json", *more))


def test_loading_twice_changes_nothing():
    said("load_sample_schemes")
    before = (Scheme.objects.count(), SchemeTerms.objects.count(), LadderLine.objects.count(), Disease.objects.count())
    out = said("load_sample_schemes")
    assert (Scheme.objects.count(), SchemeTerms.objects.count()) == (6, 6)
    assert before == (6, 6, LadderLine.objects.count(), Disease.objects.count())
    assert [line.partition(":")[0] for line in out.splitlines()] == list(CODES)
    assert out.count("there already") == 6


def test_what_somebody_wrote_on_is_left_alone():
    said("load_sample_schemes")
    SchemeTerms.objects.filter(scheme__code="ningbo-1y").update(claim_days=365)
    LadderLine.objects.filter(terms__scheme__code="ningbo-1y").delete()
    said("load_sample_schemes")
    version = queries.version_for("ningbo-1y")
    assert (version.claim_days, version.lines.count()) == (365, 0)


def test_samples_are_kept_by_the_top_of_the_tree_as_soon_as_there_is_one():
    said("load_sample_schemes")
    assert not Scheme.objects.exclude(organization=None).exists()
    tree = small_tree()
    said("load_sample_schemes")
    assert set(Scheme.objects.values_list("organization", flat=True)) == {tree["city"].pk}
    with pytest.raises(CommandError, match="no organisation"):
        said("load_sample_schemes", "--keeper", "nowhere")


@pytest.mark.parametrize("sample", SAMPLES, ids=CODES)
def test_a_sample_is_marked_names_its_text_and_cannot_be_put_in_force(sample):
    load_samples(keeper=None)
    version = queries.version_for(sample.code)
    assert (version.scheme.sample, version.state) == (True, VersionState.DRAFT)
    assert version.source
    assert version.source_url
    assert version.remarks
    assert lacking(queries.terms_of(version))
    assert all(line.source for line in version.lines.all())
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeTerms.objects.filter(pk=version.pk).update(state=VersionState.ACTIVE)


def test_what_is_missing_is_said_in_words():
    out = said("load_sample_schemes", verbosity=2)
    assert out.count("\n  ") > 50


@pytest.mark.parametrize("sample", SAMPLES, ids=CODES)
def test_the_stored_terms_are_the_sample(sample):
    load_samples(keeper=None)
    stored = queries.terms_of(queries.version_for(sample.code))
    assert stored.with_(documents=()) == sample.terms
    assert list(stored.documents) == [kind for kind, required in sample.documents if required]


def test_the_figures_of_the_table_of_variants():
    """§1.2 as far as it has them."""
    terms = {sample.code: sample.terms for sample in SAMPLES}
    fees = {code: (one.fee_per_share, one.period_months, one.max_shares) for code, one in terms.items()}
    assert fees == {
        "beijing-2018": (Decimal(25), 12, None),
        "ningbo-1y": (Decimal(15), 12, 3),
        "ningbo-4y": (Decimal(50), 48, 3),
        "guangdong-ankang": (Decimal(55), 36, 2),
        "hainan-ankang": (Decimal(50), 36, None),
        "shanghai-2016": (Decimal(18), 12, None),
    }
    assert {code for code, one in terms.items() if one.effective_day is None} == set(CODES), "stated by no text"


def test_terms_are_read_in_three_queries(django_assert_num_queries):
    load_samples(keeper=None)
    with django_assert_num_queries(4):  # one finds that none is in force
        queries.terms_of(queries.version_for("beijing-2018"))


# --- explain_benefit ---


@pytest.mark.parametrize("loaded", [True, False])
@pytest.mark.parametrize(
    ("scheme", "day", "grade", "shares", "more", "amount", "ends"),
    [
        ("beijing-2018", 30, "invasive_primary", "1", (), "0.00", False),
        ("beijing-2018", 31, "invasive_primary", "2", (), "1000.00", True),
        ("beijing-2018", 61, "in_situ", "1", (), "2000.00", True),
        ("beijing-2018", 61, "invasive_primary", "2", (), "30000.00", True),
        ("beijing-2018", 30, "invasive_primary", "1", ("--effective-day", "1"), "500.00", True),
        ("beijing-2018", 60, "invasive_primary", "1", ("--effective-day", "0"), "500.00", True),
        ("beijing-2018", 3, "invasive_primary", "1", ("--continuous",), "15000.00", True),
        ("ningbo-1y", 45, "invasive_primary", "1", (), "1000.00", True),
        ("ningbo-4y", 91, "in-situ", "3", (), "15000.00", True),
        ("guangdong-ankang", 181, "invasive_primary", "2", (), "30000.00", None),
        ("guangdong-ankang", 180, "invasive_primary", "2", ("--effective-day", "1"), "30000.00", None),
        ("guangdong-ankang", 10, "in_situ", "1", (), None, None),
        ("hainan-ankang", 500, "invasive_primary", "1", (), "15000.00", None),
        ("shanghai-2016", 200, "in_situ", "1", (), "10000.00", None),
        ("shanghai-2016", 200, "invasive_primary", "1", (), None, None),
    ],
)
def test_samples_are_explained_loaded_or_not(loaded, scheme, day, grade, shares, more, amount, ends):
    if loaded:
        load_samples(keeper=None)
    answer = explained(scheme, day, grade, shares, *more)
    assert (answer["amount"], answer["ends_cover"]) == (amount, ends)
    assert {"code", "outcome", "figures", "source"} <= set(answer["findings"][0])


def test_more_may_be_said_of_the_claim():
    treated = explained("ningbo-1y", 91, "invasive_primary", "1", "--hospital-days", "9", "--surgery", "no")
    assert (treated["amount"], treated["certain"]) == ("10000.00", True)
    untreated = explained("ningbo-1y", 91, "invasive_primary", "1", "--hospital-days", "0", "--surgery", "no")
    assert (untreated["amount"], untreated["reason"]) == ("0.00", "no_hospitalisation")
    low = explained("beijing-2018", 91, "invasive_primary", "1", "--hospital-level", "level_1", "--disease", "breast")
    assert (low["amount"], low["reason"]) == ("0.00", "hospital_level")
    late = explained("beijing-2018", 91, "invasive_primary", "1", "--noticed", "2024-06-30", "--filed", "2024-07-01")
    assert {"late_notice", "time_barred"} <= {one["code"] for one in late["findings"]}


def test_sentences_for_a_person():
    words = said(
        *("explain_benefit", "--scheme", "beijing-2018", "--effective", "2024-03-01", "--diagnosed", "2024-03-31"),
        *("--grade", "invasive_primary", "--shares", "1"),
    )
    assert words.startswith("0.00\n")
    assert "30" in words
    assert "S7m" in words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("--scheme", "nowhere", "there is no scheme 'nowhere'. Known: beijing-2018"),
        ("--effective", "2024-02-30", "--effective: there is no such day"),
        ("--effective", "01.03.2024", "--effective must be a day like 2024-03-01"),
        ("--diagnosed", "20240301", "--diagnosed must be a day like"),
        ("--diagnosed", "", "--diagnosed must be a day like"),
        ("--grade", "cancer", "--grade: 'cancer' isn't one of in_situ"),
        ("--shares", "0", "--shares must lie between 1 and 100"),
        ("--shares", "-1", "--shares must be a whole number"),
        ("--shares", "1.5", "--shares must be a whole number"),
        ("--shares", "１", "--shares must be a whole number"),
        ("--shares", "9" * 30, "--shares must be a whole number"),
        ("--effective-day", "2", "--effective-day must be 0 or 1"),
        ("--hospital-level", "best", "--hospital-level: 'best' isn't one of"),
        ("--hospital-days", "4000", "--hospital-days must lie between 0 and 3660"),
        ("--filed", "soon", "--filed must be a day like"),
    ],
)
def test_wrong_input_is_told_with_what_would_be_right(name, value, words):
    right = {"--scheme": "beijing-2018", "--effective": "2024-03-01", "--diagnosed": "2024-05-01"}
    right |= {"--grade": "in_situ", "--shares": "1"}
    asked = [f"{key}={text}" for key, text in (right | {name: value}).items()]
    with pytest.raises(CommandError) as refused:
        said("explain_benefit", *asked)
    assert words in str(refused.value)


def test_a_disease_that_isnt_listed_is_told_with_the_list():
    with pytest.raises(CommandError, match="breast, ovary, uterus"):
        explained("ningbo-1y", 91, "invasive_primary", "1", "--disease", "lung")
    open_list = explained("beijing-2018", 91, "invasive_primary", "1", "--disease", "lung")
    assert (open_list["amount"], open_list["certain"]) == ("15000.00", False), "its list isn't known whole"
