"""Every sensitive field that she fills in says why it is asked; a new field is either sensitive or named as plain."""

import pytest
from django.urls import reverse
from django.utils import translation

from services.mutual_aid.forms import claims
from services.payments.forms.accounts import AccountForm
from services.relief.forms import hers
from tests.factories.households import drafted, relief_world
from tests.relief.her_world import page, signed_in, text

# Fields that tell nothing sensitive of anybody.
PLAIN = {
    hers.AboutForm: set(),
    hers.HomeForm: set(),
    hers.CausesForm: set(),
    hers.MemberForm: {"relation", "lives_with"},
    hers.MoneyForm: {"per"},
    hers.EventForm: set(),
    hers.StudentForm: set(),
    hers.GroupForm: set(),
    claims.DiagnosisForm: set(),
    claims.TreatmentForm: set(),
}


@pytest.mark.parametrize("form", PLAIN, ids=lambda form: form.__name__)
def test_each_field_says_why_or_is_plain(form):
    fields = set(form.base_fields)
    assert fields - set(form.why) == PLAIN[form]
    assert set(form.why) <= fields and all(str(words) for words in form.why.values())


def test_the_account_says_why_it_is_asked():
    for name in ("holder", "number"):
        with translation.override("en"):
            assert "Why we ask" in str(AccountForm.base_fields[name].help_text)


@pytest.mark.django_db
def test_the_words_stand_on_the_page_also_beside_a_help_of_its_own(settings):
    settings.LANGUAGE_CODE = "en"
    world = relief_world()
    application = drafted(world)
    her = signed_in(world.her)
    assert "Why we ask: two people of the union visit you" in text(her.get(page(application, "home")))
    body = text(her.get(reverse("relief:line_add", args=[application.case.token, "in"])))
    assert "After tax and insurance, as it is paid out. Why we ask: income and costs" in body
    assert "nobody may stand in two households" in text(her.get(page(application, "person_add")))
