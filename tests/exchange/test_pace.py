"""How many workbooks one person may send and fetch in an hour: said beside the button, nothing breaks."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from services.exchange.models import Job
from services.foundation import pace
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.exchange.workbooks import workbook
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import AssignmentFactory, small_tree

pytestmark = pytest.mark.django_db
TEN_TO = datetime(2026, 5, 4, 9, 50, tzinfo=UTC)


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def officer(tree, client):
    user = AssignmentFactory(organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    sync_groups(user)
    client.force_login(user)
    return user


def upload(client, tree):
    file = workbook([("今天天气很好",)])
    file.name = "名册.xlsx"
    return client.post(reverse("imports:upload"), {"sheet": "workers", "unit": tree["unit_a"].code, "file": file})


def turn(user, kind="upload", *, limit=2, now=TEN_TO) -> int:
    return pace.minutes_to_wait(kind, user, limit=limit, now=now)


def test_starts_beyond_the_limit_wait_for_the_next_hour():
    her = StaffFactory()
    assert [turn(her) for _ in range(4)] == [0, 0, 10, 10]
    assert turn(her, now=TEN_TO + timedelta(minutes=10)) == 0


def test_nobody_spends_another_s_and_no_kind_another_kind_s():
    her, colleague = StaffFactory(), StaffFactory()
    assert [turn(her) for _ in range(3)] == [0, 0, 10]
    assert (turn(colleague), turn(her, "export")) == (0, 0)


def test_nought_sets_no_limit_and_a_cache_emptied_meanwhile_refuses_nobody():
    her = StaffFactory()
    assert [turn(her, limit=0) for _ in range(50)] == [0] * 50
    assert [turn(her) for _ in range(3)] == [0, 0, 10]
    cache.clear()
    assert turn(her) == 0


def test_on_the_file_cache_too_a_count_lasts_beyond_its_hour(settings, tmp_path, monkeypatch):
    files = {"BACKEND": "portal.caches.Files", "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "default": files}
    her = StaffFactory()
    assert [turn(her) for _ in range(3)] == [0, 0, 10]
    much_later = time.time() + timedelta(minutes=59).total_seconds()
    monkeypatch.setattr("django.core.cache.backends.filebased.time.time", lambda: much_later)
    assert turn(her) == 10


def test_an_upload_too_many_is_refused_beside_the_file_and_said_not_to_be_kept(client, officer, tree, settings):
    settings.UPLOADS_PER_HOUR = 2
    for _ in range(2):
        assert "没有找到表头" in upload(client, tree).content.decode()
    answer = upload(client, tree)
    (said,) = answer.context["form"].errors["file"]
    assert answer.status_code == 200
    assert "2 个工作簿" in said and "没有保存" in said
    assert not Job.objects.unscoped().exists()
