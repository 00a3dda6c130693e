"""What ends: files that were left, drafts nobody agreed to. Every run leaves a proof (E2.17, E2.18)."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.child_files import errors, policies
from services.child_files.actions.moving import move_file, purge_day
from services.child_files.actions.papers import put_away
from services.child_files.enums import UNCONSENTED, FileState, RunKind
from services.child_files.models import (
    Child,
    GuardianLink,
    GuardianshipLink,
    RetentionRule,
    RetentionRun,
    SubjectRequest,
    Traits,
)
from services.child_files.models.keeping import BACKUP_DAYS
from services.child_files.queries.files import all_papers, guardians_of, locked
from services.child_files.queries.guarding import rule_in_force
from services.child_files.rules.clocks import DRAFT_DAYS, RESTRICT_AFTER
from services.foundation.references import unguessable
from services.organizations.models import Organization

_GONE = ("absences", "delegations", "opinions", "contacts", "growth", "results", "visits", "meetings")


@dataclass
class Tally:
    files: int = 0
    papers: int = 0
    rows: int = 0


@transaction.atomic
def set_rule(
    city: Organization, *, years: int, basis: str, valid_from: date, by, now: datetime, backup_days: int = BACKUP_DAYS
) -> RetentionRule:
    """How many years a file is kept after the child left; open files are counted anew. Raises ``PermissionDenied``."""
    policies.may_guard(by, city).insist()
    if not basis.strip():
        raise errors.ReasonNeeded()
    rule, _created = RetentionRule.objects.unscoped().update_or_create(
        city=city,
        valid_from=valid_from,
        defaults={"years": years, "basis": basis.strip(), "backup_days": backup_days, "set_by": by},
    )
    log(instance=rule, action="child_files.retention_rule", user=by, data={"years": years}, timestamp=now)
    today = localdate(now)
    left = Child.objects.below(city.path).filter(state__in=[FileState.EXITED, FileState.RESTRICTED])
    for child in left.filter(ended_on__isnull=False).select_related("home__host"):
        child.purge_on = purge_day(child, today)
        child.save(update_fields=["purge_on"])
    return rule


def restrict_ended(*, now: datetime) -> int:
    """Files of children who left some weeks ago are locked. Returns how many."""
    left_before = localdate(now) - RESTRICT_AFTER
    done = 0
    for child in Child.objects.unscoped().filter(state=FileState.EXITED, ended_on__lt=left_before).order_by("pk"):
        move_file(child, "restrict", by=None, now=now)
        done += 1
    return done


def erase_drafts(*, now: datetime) -> list[RetentionRun]:
    """Files nobody agreed to within thirty days, city by city."""
    old = Child.objects.unscoped().filter(state__in=UNCONSENTED, created_at__lt=now - timedelta(days=DRAFT_DAYS))
    return _run(old, "erase", RunKind.DRAFTS, by=None, now=now)


def anonymise_due(*, by, now: datetime, city: Organization | None = None) -> list[RetentionRun]:
    """Locked files whose term is over. ``by`` None: the nightly run. Raises ``PermissionDenied``, ``NoRule``."""
    rows = Child.objects.unscoped() if city is None else Child.objects.below(city.path)
    if by is not None:
        policies.may_guard(by, city).insist()
        if rule_in_force(city, localdate(now)) is None:
            raise errors.NoRule()
    due = rows.filter(state=FileState.RESTRICTED, purge_on__lte=localdate(now))
    return _run(due, "anonymise", RunKind.ANONYMISE, by=by, now=now)


@transaction.atomic
def erase_on_request(wish: SubjectRequest, *, by, now: datetime) -> RetentionRun:
    """Erase a locked file because its guardian asked. Raises ``PermissionDenied``, ``NoSuchStep``."""
    policies.may_guard(by, wish.child.home.host).insist()
    one = Child.objects.unscoped().filter(pk=wish.child_id)
    if one.get().state != FileState.RESTRICTED:
        raise errors.NoSuchStep(state=one.get().get_state_display())
    return _run(one, "erase", RunKind.REQUEST, by=by, now=now)[0]


def _run(rows, verb: str, kind: str, *, by, now: datetime) -> list[RetentionRun]:
    by_city: dict[str, list[Child]] = {}
    for child in rows.select_related("home__host").order_by("pk"):
        by_city.setdefault(child.home.host.path[: Organization.steplen], []).append(child)
    runs = []
    for path, children in by_city.items():
        city = Organization.objects.get(path=path)
        tally, lines = Tally(), []
        with transaction.atomic():
            for child in children:
                lines.append(f"{child.code}\t{verb}\t{now.isoformat()}")
                empty(child, verb, by=by, now=now, tally=tally)
            runs.append(_proof(city, kind, tally, lines, by=by, now=now))
    return runs


def _proof(city: Organization, kind: str, tally: Tally, lines: list[str], *, by, now: datetime) -> RetentionRun:
    today = localdate(now)
    rule = rule_in_force(city, today)
    run = RetentionRun.objects.create(
        city=city,
        kind=kind,
        at=now,
        by=by,
        rule=rule if kind == RunKind.ANONYMISE else None,
        files=tally.files,
        papers=tally.papers,
        rows=tally.rows,
        gone_from_backups_on=today + timedelta(days=rule.backup_days if rule else BACKUP_DAYS),
        digest=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    )
    log(
        instance=run,
        action="child_files.retention_run",
        user=by,
        data={"kind": kind, "files": tally.files},
        timestamp=now,
    )
    return run


def empty(child: Child, verb: str, *, by, now: datetime, tally: Tally) -> None:
    """Take everything that names somebody out of a file; what counts (age band, sex, home, term) stays.

    Its number and address change, so that no paper outside leads back to it. Locks the file.
    """
    child = locked(child)
    for name in _GONE:
        tally.rows += getattr(child, name).all().delete()[0]
    tally.rows += Traits.objects.unscoped().filter(child=child).delete()[0]
    for paper in all_papers().filter(child=child, purged_at__isnull=True):
        put_away(paper, now=now)
        tally.papers += 1
    _forget_guardians(child)
    SubjectRequest.objects.unscoped().filter(child=child).update(words="", answer="")
    child.name = child.birth_date = child.id_number = child.health_note = child.school_class = ""
    if verb == "erase":
        child.sex = child.age_band = ""
    child.save()
    move_file(child, verb, by=None, now=now)
    child = locked(child)
    child.code, child.token = f"{child.home.code}-X{unguessable(10)}", unguessable()
    child.save(update_fields=["code", "token"])
    tally.files += 1


def _forget_guardians(child: Child) -> None:
    """A guardian of another child in use keeps her row; the answers given stay as proof, without a name."""
    for link in guardians_of(child):
        GuardianLink.objects.filter(guardianship=link).delete()
        link.evidence = ""
        link.save(update_fields=["evidence"])
        others = GuardianshipLink.objects.unscoped().filter(guardian=link.guardian).exclude(child=child)
        if others.exclude(child__state__in=[FileState.ANONYMISED, FileState.ERASED]).exists():
            continue
        link.guardian.name = link.guardian.phone = link.guardian.address = ""
        link.guardian.save()
