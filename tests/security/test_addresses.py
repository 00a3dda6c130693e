"""Addresses nobody meant: null characters, and addresses the server is asked to fetch."""

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter
from wagtail.embeds.finders.oembed import OEmbedFinder

from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.factories.organizations import AssignmentFactory

pytestmark = pytest.mark.django_db

# Addresses of ours that hold an integer, and why none of them opens a record of a person by guessing.
_AT_THE_DESK = "staff alone, and what lies outside her scope answers 404; no record of a woman"
_PUBLIC = "part of a public page, or a copy of what whoever writes pages may copy"
_BELOW = "a line, version or year below something that is named by a token, a code or a number of its own"
INTEGERS = {
    **dict.fromkeys(
        (
            *("screening_providers:edit", "screening_providers:delete", "screening_providers:usage"),
            *("screening_providers:history", "screening_providers:history_results"),
            *("screening_sites:edit", "screening_sites:delete", "screening_sites:usage"),
            *("screening_sites:history", "screening_sites:history_results"),
            *("wagtailusers_users:edit", "wagtailusers_users:access", "organizations_desk:end_post"),
            *("messaging_desk:text", "privacy_desk:notice", "relief_desk:line_edit", "relief_desk:test_activate"),
            *("payments_desk:fund", "payments_desk:fund_budget", "payments_desk:fund_close"),
            *("casework_desk:deputy_end", "casework_desk:reason", "casework_desk:reason_drop"),
            *("casework_desk:day_clear", "coverage_standard:checklist_in_force"),
            *("coverage_records:requirements_edit", "coverage_records:requirements_drop"),
            # An objection and a nomination name women: their lists are scoped, and so are their pages.
            *("casework_notices:objection", "claims_desk:nomination"),
            # A plan is no secret to those who hold such a post in its tree; nobody else finds it.
            *(f"plan_reviews_desk:evaluation{page}" for page in ("", "_print", "_workbook")),
            *(f"plan_reviews_desk:{page}" for page in ("drill", "goals", "goal_add")),
            *("home_equipment_desk:put_in_force", "home_equipment_desk:task", "child_files_desk:audit"),
            *("publishing_desk:one", "publishing_desk:section_end"),
            *("outreach_desk:announce", "outreach_desk:call_off"),
            *(f"home_inspections_desk:{page}" for page in ("rubric", "rubric_in_force", "conflict_withdraw")),
        ),
        _AT_THE_DESK,
    ),
    **dict.fromkeys(("cms_pages:video", "page_templates:use"), _PUBLIC),
    "cms_pages:short": "leads to a page that is published, and to nothing else",
    **dict.fromkeys(("saved_views:edit", "saved_views:drop"), "her own views, anybody else's answer 404"),
    **dict.fromkeys(
        (
            *(f"child_files_desk:{page}" for page in ("link", "correct_guardian", "end_guardian", "take_out")),
            "casework_desk:recheck_item",
            *("relief:person", "relief:person_remove", "relief:line", "relief:line_remove"),
            *("notices:answer", "notices:object", "relief_desk:return_visit"),
            *("mutual_aid_joining:line", "mutual_aid_joining:line_look", "mutual_aid_joining:line_settle"),
            *("payments_desk:batch_take_out", "payments_desk:settle"),
            *(f"casework_desk:route{step}" for step in ("", "_edit", "_next", "_activate")),
            *(f"coverage_records:{step}" for step in ("elect", "approve", "send_back", "call_off", "correct")),
            *(f"coverage_records:seat_{step}" for step in ("add", "leave", "fill")),
            *(f"coverage_standard:{page}" for page in ("assessment", "evidence", "review")),
            *(f"coverage_returns:{page}" for page in ("progress", "one", "edit", "print", "workbook", "lock", "amend")),
            *(
                f"indicators_desk:{page}"
                for page in ("one", "edit", "sign", "take_back", "accept", "send_back", "amend")
            ),
            *("indicators_desk:round_lock", "plan_reviews_desk:target_set", "plan_reviews_desk:goal_judge"),
            *(f"plan_reviews_desk:{page}_strike" for page in ("trainings", "publicity", "inclusions")),
            *(f"coverage_returns:{step}" for step in ("sign", "take_back", "submit", "accept", "send_back")),
        ),
        _BELOW,
    ),
}
_FOREIGN = ("wagtail.", "allauth.", "django.")


def _with_integers(resolver, namespace: str = "", above: tuple = ()):
    """The names of addresses of ours that hold an integer."""
    for pattern in resolver.url_patterns:
        held = (*above, *pattern.pattern.converters.values())
        if not isinstance(pattern, URLPattern):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _with_integers(pattern, inner, held)
        elif any(isinstance(one, IntConverter) for one in held):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            if not view.__module__.startswith(_FOREIGN):
                yield f"{namespace}{pattern.name or ''}"


def test_no_address_holds_an_integer_but_those_that_are_accounted_for():
    """A new one is named by a token, or stands in the table with the reason why guessing it opens nothing."""
    assert set(_with_integers(get_resolver())) == set(INTEGERS)


@pytest.mark.parametrize("address", ["/screening/a%00b/", "/admin/organizations/a%00b/", "/no-such-page/%00"])
def test_an_address_with_a_null_character_is_refused_before_any_database_sees_it(client, address):
    assert client.get(address).status_code == 400


def test_the_server_fetches_no_address_that_staff_type(client, monkeypatch):
    def fetched(*args, **kwargs):
        raise AssertionError("fetched")

    monkeypatch.setattr(OEmbedFinder, "find_embed", fetched)
    user = AssignmentFactory(role=Role.COMMUNICATIONS_EDITOR).user
    sync_groups(user)
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    video = {"embed-chooser-url": "https://www.youtube.com/watch?v=aaaaaaaaaaa"}
    answer = client.post(reverse("wagtailembeds:chooser_upload"), video)
    assert (answer.status_code, answer.json()["step"]) == (200, "chooser")
