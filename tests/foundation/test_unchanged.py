"""Two officers on one page: the second to save reads what the first saved, and loses nothing of her own."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from services.bookings.models import Offering, Pool, Session
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.screening.models import Programme
from services.workers.models import Worker
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk, programme_at

pytestmark = pytest.mark.django_db
HIDDEN = "as_opened"


class Filled(HTMLParser):
    """What a browser would send of a page's forms without touching anything."""

    def __init__(self, html: str):
        super().__init__()
        self.sent, self._select, self._text = {}, None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name, value = given.get("name"), given.get("value") or ""
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.sent[self._select] = value
        elif tag == "textarea" and name:
            self._text, self.sent[name] = name, ""
        elif tag == "input" and name and name not in {"csrfmiddlewaretoken", "q"} and self._is_sent(given):
            self.sent.setdefault(name, []).append(value)

    @staticmethod
    def _is_sent(given: dict) -> bool:
        return given.get("type") not in {"checkbox", "radio"} or "checked" in given

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None

    def handle_data(self, data):
        if self._text:
            self.sent[self._text] += data.removeprefix("\n")


@pytest.fixture
def world():
    tree = small_tree()
    programme, session, _root = programme_at(tree["city"])
    pool = Pool.objects.create(offering=programme.offering, name="环卫女职工", position=5)
    her = WorkerFactory(organization=tree["unit_a"], position="教师")
    return {"tree": tree, "programme": programme, "session": session, "pool": pool, "her": her}


PAGES = {
    "session": (
        lambda w: reverse("screening_desk:session", args=[w["programme"].code, w["session"].token]),
        lambda w: Session.objects.filter(pk=w["session"].pk),
        ("capacity", 77, 60),
        "capacity",
    ),
    "programme": (
        lambda w: reverse("screening_desk:programme_edit", args=[w["programme"].code]),
        lambda w: Programme.objects.filter(pk=w["programme"].pk),
        ("title", "同事改的名称", "我改的名称"),
        "basics-title",
    ),
    "window": (
        lambda w: reverse("screening_desk:programme_edit", args=[w["programme"].code]),
        lambda w: Offering.objects.filter(pk=w["programme"].offering_id),
        ("hold_minutes", 13, 14),
        "window-hold_minutes",
    ),
    "pool": (
        lambda w: reverse("screening_desk:pool", args=[w["programme"].code, w["pool"].token]),
        lambda w: Pool.objects.filter(pk=w["pool"].pk),
        ("name", "同事改的名额池", "我改的名额池"),
        "name",
    ),
    "organisation": (
        lambda w: reverse("organizations_desk:edit", args=["T-A"]),
        lambda w: Organization.objects.filter(code="T-A"),
        ("name", "同事改的县总工会", "我改的县总工会"),
        "name",
    ),
    "record": (
        lambda w: reverse("workers_desk:edit", args=[w["her"].token]),
        lambda w: Worker.objects.unscoped().filter(pk=w["her"].pk),
        ("position", "保洁员", "班主任"),
        "position",
    ),
}


@pytest.mark.parametrize("page", PAGES)
def test_who_saves_last_is_told_what_was_saved_meanwhile_and_decides(world, page):
    address, rows, (column, theirs, hers), field = PAGES[page]
    place = world["tree"]["unit_a" if page == "record" else "city"]
    officer = at_desk(place, Role.GRASSROOTS_OFFICER if page == "record" else Role.FEDERATION_OFFICER)
    url = address(world)
    mine = Filled(officer.get(url).content.decode()).sent
    assert any(name.endswith(HIDDEN) for name in mine)
    rows(world).update(**{column: theirs})
    answer = officer.post(url, mine | {field: hers})
    html = answer.content.decode()
    assert (answer.status_code, rows(world).get().__dict__[column]) == (200, theirs)
    assert "其他人" in html and str(theirs) in html
    again = Filled(html).sent
    assert str(hers) in again[field]
    assert officer.post(url, again).status_code == 302
    assert rows(world).get().__dict__[column] == hers


def test_a_page_nobody_else_touched_is_saved_at_once_and_one_that_says_the_same_as_well(world):
    officer = at_desk(world["tree"]["city"])
    url = PAGES["session"][0](world)
    mine = Filled(officer.get(url).content.decode()).sent
    Session.objects.update(capacity=61)
    assert officer.post(url, mine | {"capacity": 61}).status_code == 302
    mine = Filled(officer.get(url).content.decode()).sent
    assert officer.post(url, mine | {"capacity": 62}).status_code == 302
