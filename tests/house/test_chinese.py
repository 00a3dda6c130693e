"""The Chinese interface is Chinese: every page is drawn, and no English is left on it."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Collection, Site, Workflow

from services.organizations.enums import Role
from tests.factories.casework import allowance_service
from tests.factories.pages import article, picture
from tests.house.visible import latin_words
from tests.security import world
from tests.security.table import GROUPS
from tests.security.test_matrix import _addresses as addresses

# Names and formats that are written like this in Chinese too.
SAME_IN_CHINESE = {
    "Excel",
    "XLSX",
    "xlsx",
    "CSV",
    "PDF",
    "HPV",
    "TCT",
    "Mumian",
    "English",
    "Wagtail",
    "WPS",
    "Python",
    "URL",
    "DVD",
}
# The host of a new installation, a format of tables, and a column of a file of redirects.
STANDS_FOR_ITSELF = {"localhost", "TSV", "from"}
FORMATS = {"URL", "AVIF", "GIF", "HEIC", "JPEG", "JPG", "PNG", "WEBP"}
# Pages that show English because it is their matter.
ABOUT_ENGLISH = {
    "messaging_desk:texts": "lists the English texts of messages beside the Chinese ones",
    "messaging_desk:texts_results": "as above",
    "messaging_desk:text": "names the slots of a text by their codes",
    "home_draws:draw": "prints the ten lines of a program that anybody can check the draw with",
    "home_inspections_desk:figures": "names the authors and the title of the method behind the interval",
    "home_inspections_desk:figures_print": "as above",
    "wagtailsnippets_cms_pages_topic:list": "lists the English names of topics, and their words in addresses",
    "wagtailsnippets_cms_pages_topic:list_results": "as above",
    "wagtailsnippets_cms_pages_trainingform:list": "as above, of the forms of training",
    "wagtailsnippets_cms_pages_trainingform:list_results": "as above",
}
READERS = (
    *(world.staff_name(role, "parent") for role in (Role.FEDERATION_OFFICER, Role.PLATFORM_ADMINISTRATOR)),
    *(world.staff_name(role, "own") for role in Role.values),
    *(world.SUPERUSER, world.OWNER, world.ANONYMOUS),
)
# Wagtail's pages that show how its own parts look to programmers, or answer scripts; and the list of sites, which
# superusers alone reach and whose headings no catalogue holds: Wagtail makes them of the names of its fields. The list
# of redirects has a filter that keeps the language in which its module was first read.
NOT_READ = (
    *("wagtailadmin_api", "error_test", "page_types_usage", "wagtailstyleguide", "javascript", "sprite"),
    *("wagtail_serve", "wagtailsites:index", "wagtailredirects:index"),
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
        theirs = name.startswith(("wagtail", "mfa", "account", "desk_language"))
        if theirs and name not in ABOUT_ENGLISH and not any(n in name for n in NOT_READ):
            try:
                address = reverse(name)
            except NoReverseMatch:
                continue
            wrong += _english_on(name, clients[world.SUPERUSER].get(address))
    assert "\n".join(wrong) == ""


def _of_one_thing() -> dict[str, tuple]:
    """Wagtail's addresses about one page, picture, document, site and so on, which need to be told which."""
    shown = article("一篇资讯")
    shown.title = "改过的资讯"
    shown.save_revision().publish()
    first, last = shown.revisions.order_by("pk").first(), shown.latest_revision
    parent, image = shown.get_parent(), picture()
    document = Document.objects.create(title="示例文件", file=ContentFile(b"x", name="a.txt"))
    redirect = Redirect.objects.create(old_path="/旧页面", redirect_link="https://example.org/")
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="示例集"))
    one = {
        **{
            f"wagtailadmin_pages:{name}": (shown.pk,)
            for name in (
                *("edit", "history", "usage", "delete", "unpublish", "copy", "move", "workflow_history"),
                *("set_privacy", "convert_alias"),
            )
        },
        "wagtailadmin_pages:revisions_compare": (shown.pk, first.pk, last.pk),
        "wagtailadmin_pages:revisions_revert": (shown.pk, first.pk),
        "wagtailadmin_pages:revisions_unschedule": (shown.pk, first.pk),
        "wagtailadmin_pages:add_subpage": (parent.pk,),
        "wagtailadmin_pages:add": (shown._meta.app_label, shown._meta.model_name, parent.pk),
        "wagtailadmin_explore": (parent.pk,),
        "wagtailadmin_collections:edit": (collection.pk,),
        "wagtailadmin_collections:delete": (collection.pk,),
        "wagtailimages:edit": (image.pk,),
        "wagtailimages:delete": (image.pk,),
        "wagtailimages:image_usage": (image.pk,),
        "wagtailimages:url_generator": (image.pk,),
        "wagtaildocs:edit": (document.pk,),
        "wagtaildocs:delete": (document.pk,),
        "wagtaildocs:document_usage": (document.pk,),
        "wagtailredirects:edit": (redirect.pk,),
        "wagtailredirects:delete": (redirect.pk,),
        "wagtailsites:edit": (Site.objects.get().pk,),
        "wagtailsites:delete": (Site.objects.get().pk,),
    }
    if workflow := Workflow.objects.first():
        one["wagtailadmin_workflows:edit"] = (workflow.pk,)
    return one


def test_wagtails_pages_about_one_thing_hold_no_english(people):
    _built, clients = people
    wrong, read = [], 0
    for name, arguments in _of_one_thing().items():
        answer = clients[world.SUPERUSER].get(reverse(name, args=arguments))
        read += answer.status_code == 200
        wrong += _english_on(name, answer)
    assert "\n".join(wrong) == ""
    assert read > 20


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
