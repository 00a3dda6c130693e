"""Consent: to one notice, for one purpose, withdrawn as easily as given, never rewritten."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError

from services.foundation import clock
from services.privacy import actions, queries
from services.privacy.actions import consents
from services.privacy.enums import GivenBy, Purpose
from services.privacy.errors import ConsentNotHers, NoticeInUse, NoticeMissing, NoticeSuperseded
from services.privacy.models import Consent, Notice
from services.privacy.registry import WithdrawalEffect, withdrawal_effects
from tests.factories.accounts import StaffFactory, WorkerUserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return WorkerUserFactory()


@pytest.fixture
def keeper():
    return StaffFactory(is_superuser=True)


def give(user, purpose=Purpose.SCREENING, **kwargs):
    notice = kwargs.pop("notice", None) or queries.current_notice(purpose)
    return actions.give_consent(user, purpose=purpose, notice=notice, language="zh-hans", now=clock.now(), **kwargs)


def publish(by, *, after=timedelta(0), purpose=Purpose.SCREENING):
    return actions.publish_notice(
        by=by, purpose=purpose, title="新版", body="新的文字", in_force_from=clock.now() + after
    )


def test_a_new_installation_has_a_notice_for_every_purpose():
    for purpose in Purpose:
        notice = queries.current_notice(purpose)
        assert notice.version == 1
        assert notice.digest == notice.digest_of_words()
        for words in ("处理者", "撤回", "保存", "不同意"):
            assert words in notice.body
        for words in ("processor", "withdraw", "kept", "don't agree"):
            assert words in notice.body_en


def test_without_a_notice_there_is_nothing_to_agree_to():
    Notice.objects.all().delete()
    with pytest.raises(NoticeMissing):
        queries.current_notice(Purpose.SCREENING)
    assert queries.standing_consent(WorkerUserFactory(), Purpose.SCREENING) is None


def test_consent_is_pinned_to_the_words_she_read(user):
    consent = give(user)
    assert (consent.given_by, consent.recorded_by, consent.notice_digest) == (
        GivenBy.HERSELF,
        None,
        queries.current_notice(Purpose.SCREENING).digest,
    )
    assert queries.standing_consent(user, Purpose.SCREENING) == consent


def test_consent_counts_for_one_purpose_only(user):
    give(user)
    assert queries.standing_consent(user, Purpose.ROSTER) is None


def test_agreeing_twice_is_agreeing_once(user):
    assert give(user) == give(user)
    assert Consent.objects.count() == 1


def test_a_newer_notice_asks_again(user, keeper):
    old = queries.current_notice(Purpose.SCREENING)
    give(user)
    newer = publish(keeper)
    assert newer.version == 2
    assert queries.standing_consent(user, Purpose.SCREENING) is None
    with pytest.raises(NoticeSuperseded):
        give(user, notice=old)
    assert give(user).notice == newer
    assert [c.withdrawn_at is None for c in queries.consents_of(user)] == [True, False]


def test_a_notice_of_tomorrow_changes_nothing_today(user, keeper):
    consent = give(user)
    publish(keeper, after=timedelta(days=1))
    assert queries.standing_consent(user, Purpose.SCREENING) == consent
    tomorrow = clock.now() + timedelta(days=1, minutes=1)
    assert queries.standing_consent(user, Purpose.SCREENING, now=tomorrow) is None


def test_staff_may_record_what_she_said(user):
    officer = StaffFactory()
    consent = give(user, by=officer)
    assert (consent.given_by, consent.recorded_by) == (GivenBy.STAFF, officer)


def test_another_woman_can_neither_give_nor_withdraw_hers(user):
    stranger = WorkerUserFactory()
    with pytest.raises(ConsentNotHers):
        give(user, by=stranger)
    consent = give(user)
    with pytest.raises(ConsentNotHers):
        actions.withdraw_consent(consent, by=stranger, now=clock.now())
    assert queries.standing_consent(user, Purpose.SCREENING) == consent


def test_withdrawal_runs_what_other_apps_registered_in_the_same_transaction(user):
    seen = []
    effect = WithdrawalEffect(
        purpose=Purpose.SCREENING,
        consequences=lambda user: ["预约会取消"],
        act=lambda consent, *, by, now: seen.append((consent.pk, by)),
    )
    withdrawal_effects.register("test", effect)
    try:
        consent = give(user)
        give(user, Purpose.ROSTER)
        actions.withdraw_consent(consent, by=user, now=clock.now())
        actions.withdraw_consent(consent, by=user, now=clock.now())
        actions.withdraw_consent(queries.standing_consent(user, Purpose.ROSTER), by=user, now=clock.now())
    finally:
        withdrawal_effects._items.pop("test")
    assert seen == [(consent.pk, user)]
    assert queries.standing_consent(user, Purpose.SCREENING) is None


def test_a_failing_effect_keeps_the_consent(user):
    def fail(consent, *, by, now):
        raise RuntimeError

    withdrawal_effects.register("test", WithdrawalEffect(Purpose.SCREENING, lambda user: [], fail))
    try:
        consent = give(user)
        with pytest.raises(RuntimeError):
            actions.withdraw_consent(consent, by=user, now=clock.now())
    finally:
        withdrawal_effects._items.pop("test")
    assert queries.standing_consent(user, Purpose.SCREENING) == consent


def test_a_consent_is_never_rewritten_or_deleted(user):
    consent = give(user)
    consent.language = "en"
    with pytest.raises(TypeError):
        consent.save()
    with pytest.raises(TypeError):
        consent.delete()
    with pytest.raises(ProtectedError):
        Notice.objects.filter(pk=consent.notice_id).delete()


def test_a_notice_somebody_agreed_to_keeps_its_words(user, keeper):
    give(user)
    notice = queries.current_notice(Purpose.SCREENING)
    with pytest.raises(NoticeInUse):
        actions.rewrite_notice(notice, by=keeper, title="x", body="y", in_force_from=clock.now())


def test_a_notice_nobody_agreed_to_can_be_corrected(keeper):
    notice = queries.current_notice(Purpose.SCREENING)
    before = notice.digest
    changed = actions.rewrite_notice(notice, by=keeper, title="x", body="y", in_force_from=notice.in_force_from)
    assert (changed.title, changed.body) == ("x", "y")
    assert changed.digest != before


def test_a_new_version_cannot_come_before_the_one_it_replaces(keeper):
    with pytest.raises(ValidationError):
        publish(keeper, after=-timedelta(days=30))


def test_only_keepers_publish():
    with pytest.raises(PermissionDenied):
        publish(StaffFactory())
    assert Notice.objects.filter(purpose=Purpose.SCREENING).count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_page_may_ask_for_a_consent_on_paper_without_a_transaction():
    """PostgreSQL locks no row outside of one: a page that only says what is missing asks all the same."""
    assert actions.hold_paper_consent("nobody", Purpose.RELIEF, now=clock.now()) is False


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_page_that_only_asks_needs_no_transaction(user):
    """On PostgreSQL a row can't be locked outside of one: the first page of a fresh process asks like this."""
    consents._HELD._compiled.clear()
    assert not actions.hold_consent(user.pk, Purpose.SCREENING, now=clock.now())
    give(user)
    assert actions.hold_consent(user.pk, Purpose.SCREENING, now=clock.now())
    assert not actions.hold_consent(None, Purpose.SCREENING, now=clock.now())
