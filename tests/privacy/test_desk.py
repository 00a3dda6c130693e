"""Notices and the register of looks on the desk."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from services.exchange.models import Export
from services.foundation import clock
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.privacy import actions, queries
from services.privacy.enums import Purpose
from services.privacy.exporters import LOOKS as LOOKS_EXPORT
from services.privacy.models import Notice
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
NOTICES, PUBLISH, LOOKS = (reverse(f"privacy_desk:{name}") for name in ("notices", "publish", "looks"))


def appointed(role, organization):
    user = StaffFactory()
    user.groups.add(Group.objects.get(name=role))
    StaffAssignment.objects.create(user=user, organization=organization, role=role, valid_from=clock.today())
    return user


def desk_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


@pytest.fixture
def worker():
    return WorkerFactory(user=WorkerUserFactory())


@pytest.fixture
def desk(worker):
    client = desk_of(appointed(Role.PLATFORM_ADMINISTRATOR, worker.organization))
    client.get(NOTICES)
    return client


def look(worker, reason="核对名单"):
    return actions.record_look(
        viewer=appointed(Role.CASE_OFFICER, worker.organization),
        subject=worker,
        fields=["id_number"],
        reason=reason,
        organization_path=worker.organization.path,
    )


def words(**data):
    later = timezone.localtime(clock.now() + timedelta(minutes=5))
    return {
        "purpose": "screening",
        "title": "新版告知书",
        "body": "新的文字",
        "in_force_from": later.strftime("%Y-%m-%d %H:%M"),
    } | data


def test_who_opens_which_page(worker):
    notice = queries.current_notice(Purpose.SCREENING)
    keepers = [NOTICES, PUBLISH, reverse("privacy_desk:notice", args=[notice.pk])]
    for role in Role.values:
        client = desk_of(appointed(role, worker.organization))
        keeps = 200 if role == Role.PLATFORM_ADMINISTRATOR else 403
        reads = 200 if role in (Role.PLATFORM_ADMINISTRATOR, Role.AUDITOR) else 403
        assert {client.get(url).status_code for url in keepers} == {keeps}, role
        assert client.get(LOOKS).status_code == reads, role


@pytest.mark.parametrize("place", ["county_a", "town_a", "unit_a"])
def test_an_administrator_further_down_keeps_no_notice_of_everybodys(place):
    notice = queries.current_notice(Purpose.SCREENING)
    user = appointed(Role.PLATFORM_ADMINISTRATOR, small_tree()[place])
    client = desk_of(user)
    for address in (NOTICES, PUBLISH, reverse("privacy_desk:notice", args=[notice.pk])):
        assert (client.get(address).status_code, client.post(address, words()).status_code) == (403, 403)
    with pytest.raises(PermissionDenied):
        actions.rewrite_notice(notice, by=user, title="改", body="改", in_force_from=notice.in_force_from)
    assert NOTICES not in client.get(reverse("wagtailadmin_home")).content.decode().replace(LOOKS, "")


def test_publishing_adds_the_next_version(desk):
    assert desk.post(PUBLISH, words()).url == NOTICES
    newest = Notice.objects.filter(purpose=Purpose.SCREENING).first()
    assert (newest.version, newest.title) == (2, "新版告知书")
    assert queries.current_notice(Purpose.SCREENING).version == 1


@pytest.mark.parametrize("moment", ["2020-01-01 08:00", "", "soon"])
def test_a_version_of_the_past_is_refused_and_nothing_typed_is_lost(desk, moment):
    response = desk.post(PUBLISH, words(in_force_from=moment))
    assert response.context["form"].errors["in_force_from"]
    assert response.context["form"]["body"].value() == "新的文字"
    assert Notice.objects.filter(purpose=Purpose.SCREENING).count() == 1


def test_a_version_before_the_latest_is_refused(desk):
    far = timezone.localtime(clock.now() + timedelta(days=9)).strftime("%Y-%m-%d %H:%M")
    desk.post(PUBLISH, words(in_force_from=far))
    response = desk.post(PUBLISH, words())
    assert response.context["form"].errors["in_force_from"]


def test_a_notice_in_use_cannot_be_changed_even_by_post(desk):
    notice = queries.current_notice(Purpose.SCREENING)
    actions.give_consent(
        WorkerUserFactory(), purpose=Purpose.SCREENING, notice=notice, language="zh-hans", now=clock.now()
    )
    url = reverse("privacy_desk:notice", args=[notice.pk])
    assert desk.get(url).context["form"].fields["body"].disabled
    response = desk.post(url, words())
    assert response.context["form"].non_field_errors()
    assert queries.current_notice(Purpose.SCREENING).digest == notice.digest


def test_an_unused_notice_can_be_corrected(desk):
    notice = queries.current_notice(Purpose.ROSTER)
    desk.post(reverse("privacy_desk:notice", args=[notice.pk]), words())
    assert Notice.objects.get(pk=notice.pk).body == "新的文字"


def test_the_register_names_viewer_role_and_reason_and_no_value(desk, worker):
    record = look(worker)
    body = desk.get(LOOKS).content.decode()
    for shown in (record.viewer.full_name, str(Role.CASE_OFFICER.label), worker.organization.name, "核对名单"):
        assert shown in body
    for leaked in (worker.id_number, worker.phone, worker.name):
        assert leaked not in body


def test_the_register_of_another_tree_stays_with_its_overseers(desk):
    look(WorkerFactory(), reason="别处的原因")
    page = desk.get(LOOKS)
    assert list(page.context["object_list"]) == []
    assert list(LOOKS_EXPORT.find(page.wsgi_request.user, QueryDict(), False).rows) == []


def test_the_register_leaves_as_a_workbook_that_says_what_it_is(desk, worker):
    record = look(worker)
    desk.post(desk.get(LOOKS).context["view"].header_more_buttons[0].url)
    answer = desk.get(reverse("exports:download", args=[Export.objects.get().token]))
    about, rows = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets
    assert worker.organization.name in str(list(about.iter_rows(values_only=True)))
    (line,) = rows.iter_rows(min_row=2, values_only=True)
    assert line[1:4] == (record.viewer.username, str(Role.CASE_OFFICER.label), worker.organization.name)
    assert line[6] == "核对名单"
    assert worker.name not in str(line)


def test_one_look_or_thirty_cost_the_same_queries(desk, worker):
    look(worker)
    with CaptureQueriesContext(connection) as one:
        desk.get(LOOKS)
    for _ in range(29):
        look(worker)
    with CaptureQueriesContext(connection) as thirty:
        desk.get(LOOKS)
    assert len(thirty) == len(one)
