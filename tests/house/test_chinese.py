"""The Chinese interface is Chinese: every page is drawn, and no English is left on it."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from services.organizations.enums import Role
from tests.factories.casework import allowance_service
from tests.house.visible import latin_words
from tests.security import world
from tests.security.table import GROUPS
from tests.security.test_matrix import _addresses as addresses

# Names and formats that are written like this in Chinese too.
SAME_IN_CHINESE = {"Excel", "XLSX", "xlsx", "CSV", "PDF", "HPV", "TCT", "Mumian", "English", "Wagtail", "WPS", "Python"}
# The host of a new installation, and a format of tables.
STANDS_FOR_ITSELF = {"localhost", "TSV"}
FORMATS = {"AVIF", "GIF", "HEIC", "JPEG", "JPG", "PNG", "WEBP"}
# Pages that show English because it is their matter.
ABOUT_ENGLISH = {
    "messaging_desk:texts": "lists the English texts of messages beside the Chinese ones",
    "messaging_desk:texts_results": "as above",
    "messaging_desk:text": "names the slots of a text by their codes",
}
READERS = (
    *(world.staff_name(role, "parent") for role in (Role.FEDERATION_OFFICER, Role.PLATFORM_ADMINISTRATOR)),
    *(world.staff_name(role, "own") for role in Role.values),
    *(world.SUPERUSER, world.OWNER, world.ANONYMOUS),
)
# Wagtail's pages that show how its own parts look to programmers, or answer scripts; and two that superusers alone
# reach, whose column headings Wagtail takes from the names of fields.
NOT_READ = (
    *("wagtailadmin_api", "error_test", "page_types_usage", "wagtailstyleguide", "javascript", "sprite"),
    *("wagtail_serve", "wagtailredirects", "wagtailsites"),
)


@pytest.fixture(autouse=True)
def allowance():
    with allowance_service() as service:
        yield service


@pytest.fixture
def people(db):
    built = world.build()
    clients = {}
    for persona in READERS:
        clients[persona] = Client(raise_request_exception=False, headers={"accept-language": "zh-CN"})
        if person := built["people"][persona]:
            door = "WorkerCode" if person.is_worker else "StaffPassword"
            clients[persona].force_login(person, backend=f"services.accounts.backends.{door}")
    return built, clients


def test_our_own_pages_hold_no_english(people):
    built, clients = people
    wrong = []
    for name, row in (pair for group in GROUPS.values() for pair in group.items()):
        reader = next((persona for persona in READERS if persona in row.yes), None)
        if reader is not None and name not in ABOUT_ENGLISH:
            wrong += _english_on(name, clients[reader].get(reverse(name, kwargs=row.arguments(built)), follow=True))
    assert "\n".join(wrong) == ""


def test_wagtails_pages_hold_no_english(people):
    _built, clients = people
    wrong = []
    for name in sorted(set(addresses(get_resolver()))):
        if name.startswith(("wagtail", "mfa", "account", "desk_language")) and not any(n in name for n in NOT_READ):
            try:
                address = reverse(name)
            except NoReverseMatch:
                continue
            wrong += _english_on(name, clients[world.SUPERUSER].get(address))
    assert "\n".join(wrong) == ""


def test_a_page_in_english_would_be_found():
    page = '<h1 title="Save">Delete 3 pages</h1><script>let x</script><p lang="en">English text</p>T-A-1 a@b.example'
    assert latin_words(page) == {"Save", "Delete", "pages"}


def _english_on(name: str, response) -> list[str]:
    if response.status_code >= 500:
        return [f"{name}: {response.status_code}"]
    if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    left = latin_words(response.content.decode()) - SAME_IN_CHINESE - STANDS_FOR_ITSELF - FORMATS
    return [f"{name}: {' '.join(sorted(left))}"] if left else []
