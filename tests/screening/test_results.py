"""Results: who may enter one, what is kept, and that she alone reads it, after an extra step."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from services.messaging.models import Message
from services.mutual_aid.models import Claim
from services.privacy.actions import withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consent
from services.screening import actions, errors
from services.screening.models import FollowUp, Result, ResultVersion
from services.screening.queries.results import current_version
from services.screening.rules.results import Findings
from tests.factories.accounts import StaffFactory
from tests.factories.bookings import VenueFactory
from tests.factories.mutual_aid import cover_of
from tests.factories.relief import ProgrammeFactory as ReliefProgrammeFactory
from tests.screening.clinic_world import (
    ABNORMAL,
    NORMAL,
    TELLING,
    clinic_world,
    confirmed,
    nurse_of,
    set_clock,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    return clinic_world(monkeypatch)


def page_of(world) -> str:
    return reverse("screening:result", args=[world.booking.token])


def test_a_result_belongs_to_a_woman_who_came(world):
    with pytest.raises(errors.NotAttended):
        world.enter(NORMAL)
    world.came()
    world.enter(NORMAL)
    assert current_version(Result.objects.unscoped().get()).values()["conclusion"] == "normal"


def test_only_staff_of_the_site_where_she_was_enter_it(world):
    world.came()
    for stranger in (StaffFactory(), world.hers.user, nurse_of(VenueFactory())):
        with pytest.raises(PermissionDenied):
            world.enter(NORMAL, by=stranger)
    assert not Result.objects.unscoped().exists()


def test_without_her_consent_nothing_is_kept(world):
    world.came()
    consent = standing_consent(world.hers.user, Purpose.SCREENING)
    withdraw_consent(consent, by=world.hers.user, now=world.during)
    with pytest.raises(errors.ResultConsentMissing):
        world.enter(NORMAL)
    assert not Result.objects.unscoped().exists()


def test_what_was_found_is_sealed_where_it_lies(world):
    world.came()
    world.enter(ABNORMAL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT findings, reason FROM screening_resultversion")
        findings, _reason = cursor.fetchone()
    assert findings.startswith("v1:")
    assert [word for word in TELLING if word in findings] == []


def test_a_correction_keeps_the_earlier_version_and_says_why(world):
    world.came()
    world.enter(ABNORMAL)
    with pytest.raises(errors.CorrectionReasonMissing):
        world.enter(NORMAL)
    world.enter(NORMAL, reason="录错了人")
    versions = list(ResultVersion.objects.order_by("number"))
    assert [v.values()["conclusion"] for v in versions] == ["abnormal_need_diagnosis", "normal"]
    assert (versions[1].reason, versions[1].entered_by) == ("录错了人", world.nurse)
    for change in (versions[0].save, versions[0].delete):
        with pytest.raises(TypeError):
            change()


def test_the_same_values_again_change_nothing(world):
    world.came()
    first = world.enter(NORMAL)
    assert world.enter(NORMAL) == first
    assert ResultVersion.objects.count() == 1
    assert Message.objects.filter(key="screening-news", channel="sms").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        Findings(conclusion="normal", items=("hpv",), hpv=("16",)),
        Findings(conclusion="benign_follow_up", items=("hpv",), tbs="nilm"),
        Findings(conclusion="normal"),
    ],
)
def test_values_that_contradict_each_other_are_refused(world, wrong):
    world.came()
    with pytest.raises(errors.ResultContradicts):
        world.enter(wrong)
    assert not Result.objects.unscoped().exists()


def test_the_message_says_that_there_is_news_and_nothing_else(world):
    world.came()
    world.enter(ABNORMAL)
    rows = list(Message.objects.filter(recipient=world.hers.user, key="screening-news"))
    assert {row.channel for row in rows} == {"in_site", "sms"}
    for row in rows:
        said = f"{row.subject} {row.body} {row.link}"
        assert [word for word in (*TELLING, "筛查", "检查结果", "两癌") if word in said] == []


def test_she_reads_it_after_a_fresh_code_and_it_stays_open_for_minutes(world, monkeypatch, settings):
    settings.SHOW_CODES_ON_SCREEN = True
    world.came()
    world.enter(ABNORMAL)
    client = world.client(world.hers.user)
    asked = client.get(page_of(world), follow=True)
    assert asked.redirect_chain[0][0].startswith(reverse("accounts:confirm"))
    assert [word for word in TELLING if word in asked.content.decode()] == []
    code_page = client.post(reverse("accounts:confirm"), {"next": page_of(world)}, follow=True)
    wrong = client.post(reverse("accounts:confirm_code"), {"code": "000000"})
    assert client.get(page_of(world)).status_code == 302 and wrong.status_code == 200
    shown = code_page.context["shown_code"]
    page = client.post(reverse("accounts:confirm_code"), {"code": shown}, follow=True)
    assert page.redirect_chain == [(page_of(world), 302)]
    assert "HSIL" in page.content.decode() and "阴道镜" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    set_clock(monkeypatch, world.later + timedelta(minutes=6))
    assert client.get(page_of(world)).status_code == 302


def test_the_first_reading_is_noted_and_she_then_knows(world):
    world.came()
    result = world.enter(ABNORMAL)
    follow_up = FollowUp.objects.unscoped().get()
    assert (result.read_at, follow_up.state) == (None, "to_notify")
    confirmed(world.client(world.hers.user)).get(page_of(world))
    result.refresh_from_db()
    follow_up.refresh_from_db()
    assert (result.read_at, follow_up.state) == (world.later, "notified")


def test_another_womans_result_does_not_exist_for_her(world):
    world.came()
    world.enter(ABNORMAL)
    other = world.hers.woman()
    assert confirmed(world.client(other.user)).get(page_of(world)).status_code == 404


def test_who_looked_is_shown_to_her_with_the_reason(world):
    world.came()
    result = world.enter(ABNORMAL)
    actions.look_for_correction(result, by=world.nurse, reason="核对报告单")
    page = confirmed(world.client(world.hers.user)).get(page_of(world)).content.decode()
    assert "核对报告单" in page
    assert "核对报告单" in world.client(world.hers.user).get(reverse("privacy:my_data")).content.decode()


def test_after_withdrawing_she_still_reads_it_and_the_site_does_not(world):
    world.came()
    result = world.enter(ABNORMAL)
    withdraw_consent(standing_consent(world.hers.user, Purpose.SCREENING), by=world.hers.user, now=world.later)
    assert confirmed(world.client(world.hers.user)).get(page_of(world)).status_code == 200
    with pytest.raises((PermissionDenied, errors.ResultConsentMissing)):
        actions.look_for_correction(result, by=world.nurse, reason="核对报告单")
    follow_up = FollowUp.objects.unscoped().get()
    assert (follow_up.state, follow_up.outcome) == ("closed", "consent_withdrawn")


def test_beside_a_finding_she_reads_which_services_may_help(world):
    """Mutual aid where she is covered on that day, and relief; beside a normal result nothing (D23)."""
    world.came()
    cover_of(world.booking.worker, first=world.day, last=world.day)
    world.enter(ABNORMAL)
    page = confirmed(world.client(world.hers.user)).get(page_of(world))
    assert [way.address for way in page.context["ways"]] == [reverse("relief:start"), reverse("claims:start")]
    world.enter(NORMAL, reason="录入有误")
    page = confirmed(world.client(world.hers.user)).get(page_of(world))
    assert page.context["ways"] == []


def test_she_takes_the_day_and_the_place_along_and_nothing_of_what_was_found(world):
    """Pressed, never followed: a body and no address carries them (D23)."""
    world.came()
    cover_of(world.booking.worker, first=world.day, last=world.day)
    ReliefProgrammeFactory(organization=world.hers.tree["city"], code="bill", kind="emergency", name="示例大病救助")
    ReliefProgrammeFactory(organization=world.hers.tree["city"], code="gift")
    world.enter(ABNORMAL)
    client = confirmed(world.client(world.hers.user))
    page = client.get(page_of(world))
    taking = [way.address for way in page.context["ways"] if way.takes]
    assert taking == [reverse("relief:begin", args=["bill"]), reverse("claims:start")]
    forms = re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', page.content.decode(), re.S)
    sent = {
        address: dict(re.findall(r'name="((?:from_|look)\w*)" value="([^"]*)"', body))
        for address, body in forms
        if address in taking
    }
    along = {"look": "1", "from_day": f"{world.day:%Y-%m-%d}", "from_place": world.venue.name}
    assert sent == dict.fromkeys(taking, along)
    start = client.post(reverse("claims:start"), along)
    assert start.context["form"]["diagnosed"].value() == world.day
    assert not start.context["form"].errors
    assert not Claim.objects.unscoped().exists()
