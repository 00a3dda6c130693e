"""Workbooks with names in clear: one asks, two others release, for some hours; each copy is on record (D26)."""

import tempfile
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from services.child_files import errors, notifications, policies
from services.child_files.actions.granting import privacy_officers
from services.child_files.enums import CURRENT, UNDECIDED, ReadPurpose, ReleaseField, ReleaseState
from services.child_files.models import Child, FileRead, Release, taught_paths
from services.child_files.queries.guarding import leaders_at
from services.child_files.queries.releases import COLUMNS, lines_of
from services.child_files.rules.clocks import RELEASE_COPIES, RELEASE_LASTS, RELEASE_WAITS
from services.childrens_homes.models import Home
from services.exchange.workbooks import About, write_workbook
from services.foundation.masking import redact
from services.organizations.enums import Role
from services.privacy.actions import record_looks

_LEAST_REASON = 4
_IN_MEMORY = 1024 * 1024


@transaction.atomic
def ask_release(home: Home, *, fields: Sequence[str], purpose: str, reason: str, leader, by, now: datetime) -> Release:
    """Ask for the children of one home in clear. The named leader is told. Locks the home.

    Raises ``PermissionDenied``, ``NothingAsked``, ``ReasonNeeded``, ``NobodyToApprove``, ``NobodyInHome``,
    ``AskedTwice``.
    """
    policies.may_ask_release(by, home).insist()
    wanted = [one for one in ReleaseField.values if one in fields]
    if not wanted:
        raise errors.NothingAsked()
    reason = redact(" ".join(reason.split()))[:200]
    if len(reason) < _LEAST_REASON:
        raise errors.ReasonNeeded()
    if leader is None or leader.pk not in {post.user_id for post in leaders_at(home.county, but=by)}:
        raise errors.NobodyToApprove()
    home = Home.objects.unscoped().select_for_update(of=("self",)).select_related("host", "county").get(pk=home.pk)
    if not Child.objects.unscoped().filter(home=home, state__in=CURRENT).exists():
        raise errors.NobodyInHome()
    if Release.objects.unscoped().filter(home=home, asked_by=by, state__in=UNDECIDED, asked_until__gt=now).exists():
        raise errors.AskedTwice()
    end_overdue(now=now, home=home)
    made = Release.objects.create(
        home=home,
        asked_by=by,
        asked_at=now,
        asked_until=now + RELEASE_WAITS,
        fields=wanted,
        purpose=purpose,
        reason=reason,
        leader=leader,
    )
    log(instance=made, action="child_files.ask_release", user=by, data={"fields": wanted}, timestamp=now)
    _tell(notifications.RELEASE_ASKED, leader, made)
    return made


def _tell(key: str, to, release: Release, **more) -> None:
    notifications.tell(
        key,
        to,
        {"home": release.home.code} | more,
        about=f"{release.token}-{release.state}",
        page="child_files_desk:release",
        argument=release.token,
    )


def _held(release: Release) -> Release:
    rows = Release.objects.unscoped().select_for_update(of=("self",))
    return rows.select_related("home__host", "home__county", "home__programme", "asked_by", "leader").get(pk=release.pk)


@transaction.atomic
def decide_release(release: Release, *, yes: bool, note: str = "", by, now: datetime) -> Release:
    """The leader's yes, then that of an officer for personal data; one no ends it. Never the asker, never one person
    twice. With the second yes the hours begin.

    Raises ``PermissionDenied``, ``DecidedAlready``, ``OverBefore``, ``ReasonNeeded``.
    """
    release = _held(release)
    if release.state not in UNDECIDED:
        raise errors.DecidedAlready()
    policies.may_decide_release(by, release).insist()
    if release.asked_until <= now:
        raise errors.OverBefore()
    if not yes and not note.strip():
        raise errors.ReasonNeeded()
    first = release.state == ReleaseState.ASKED
    if first:
        release.leader_at = now
    else:
        release.guard, release.guard_at = by, now
    if not yes:
        release.state, release.note = ReleaseState.REFUSED, note.strip()[:200]
    elif first:
        release.state = ReleaseState.FIRST_YES
    else:
        release.state, release.expires_at = ReleaseState.RELEASED, now + RELEASE_LASTS
    release.save()
    verb = "release" if yes else "refuse_release"
    log(instance=release, action=f"child_files.{verb}", user=by, timestamp=now)
    if release.state == ReleaseState.FIRST_YES:
        for officer in privacy_officers(release.home.host):
            if officer.pk not in (release.asked_by_id, release.leader_id):
                _tell(notifications.RELEASE_ASKED, officer, release)
    else:
        answer = ReleaseState(release.state).label
        _tell(notifications.RELEASE_DECIDED, release.asked_by, release, answer=answer)
    return release


@transaction.atomic
def end_release(release: Release, *, by, now: datetime) -> Release:
    """The asker needs it no more, or one of the two takes her yes back. Again: no change. Raises
    ``PermissionDenied``."""
    release = _held(release)
    policies.may_end_release(by, release).insist()
    if release.state in (*UNDECIDED, ReleaseState.RELEASED):
        release.state = ReleaseState.ENDED
        release.save(update_fields=["state"])
        log(instance=release, action="child_files.end_release", user=by, timestamp=now)
    return release


def end_overdue(*, now: datetime, home: Home | None = None) -> int:
    """What nobody decided on in time, and what was released and is over. Returns how many."""
    rows = Release.objects.unscoped()
    rows = rows.filter(home=home) if home else rows
    waited = rows.filter(state__in=UNDECIDED, asked_until__lte=now).update(state=ReleaseState.ENDED)
    return waited + rows.filter(state=ReleaseState.RELEASED, expires_at__lte=now).update(state=ReleaseState.ENDED)


@transaction.atomic
def take_copy(release: Release, *, by, now: datetime, address: str = "") -> BinaryIO:
    """The workbook, made at this moment from files whose guardians agree at this moment, and kept nowhere. Before it
    goes out each child in it has its line among the looks.

    Raises ``PermissionDenied``, ``OverBefore``, ``CopiesUsedUp``, ``NobodyInHome``, privacy's ``TooManyLooks``.
    """
    release = _held(release)
    policies.may_take_copy(by, release).insist()
    if release.state != ReleaseState.RELEASED or release.expires_at <= now:
        raise errors.OverBefore()
    if release.copies >= RELEASE_COPIES:
        raise errors.CopiesUsedUp(limit=RELEASE_COPIES)
    children = list(
        Child.objects.unscoped()
        .filter(home=release.home, state__in=CURRENT)
        .select_related("home__host")
        .order_by("code")
    )
    if not children:
        raise errors.NobodyInHome()
    _note(release, children, by=by, now=now, address=address)
    target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    done = write_workbook(target, rows=lines_of(release.fields, children), about=_about(release, by, now))
    target.seek(0)
    release.copies, release.rows, release.digest, release.last_copy_at = release.copies + 1, done.rows, done.digest, now
    release.save(update_fields=["copies", "rows", "digest", "last_copy_at"])
    log(instance=release, action="child_files.copy_release", user=by, data={"rows": done.rows}, timestamp=now)
    return target


def _note(release: Release, children: list[Child], *, by, now: datetime, address: str) -> None:
    path = release.home.host.path
    record_looks(
        viewer=by,
        subject_type=Child._meta.label_lower,
        subjects=((child.pk, path) for child in children),
        fields=release.fields,
        reason=release.reason,
    )
    role = Role.HOME_TEACHER if path in taught_paths(by) else Role.WF_OFFICER
    FileRead.objects.bulk_create(
        FileRead(
            child=child,
            viewer=by,
            role=role,
            fields=", ".join(f"release:{one}" for one in release.fields),
            purpose=ReadPurpose.RELEASE,
            reason=release.reason,
            release=release,
            address_index=FileRead.index_of_address(address),
            at=now,
        )
        for child in children
    )


def _about(release: Release, by, now: datetime) -> About:
    columns = [column for code, group in COLUMNS.items() if code in ("", *release.fields) for column in group]
    words = {"first": release.leader.full_name, "second": release.guard.full_name, "reason": release.reason}
    return About(
        title=_("Children of one home, in clear"),
        scope=release.home.code,
        data_time=localtime(now),
        columns={str(heading): str(meaning) for heading, meaning in columns},
        remarks={
            _("Released by"): _("%(first)s and %(second)s") % words,
            _("Reason"): words["reason"],
            _("Taken by"): by.full_name,
            _("Delete it"): _("As soon as it has served this reason. It may not be passed on."),
        },
    )
