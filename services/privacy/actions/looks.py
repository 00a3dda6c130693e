"""Recording a look at protected fields, before anything is shown."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from services.accounts.models import User
from services.foundation import clock
from services.foundation.masking import redact
from services.foundation.scope import scope_of
from services.privacy import policies, queries
from services.privacy.errors import ReasonMissing, TooManyLooks
from services.privacy.models import AccessRecord

LEAST_REASON = 4
_SAME_LOOK = timedelta(hours=12)


def record_look(
    *, viewer, subject: models.Model, fields: list[str], reason: str, organization_path: str = ""
) -> AccessRecord:
    """Write down that ``viewer`` is about to see ``fields`` of ``subject`` in clear, and why.

    The caller has checked that the subject is in the viewer's scope. Locks the viewer's row, so that parallel
    requests can't pass the hourly limit together. Raises ``ReasonMissing``, ``TooManyLooks``, or
    ``PermissionDenied`` for anybody but working staff.
    """
    words = redact(" ".join(reason.split()))[:200]
    if len(words) < LEAST_REASON:
        raise ReasonMissing(least=LEAST_REASON)
    with transaction.atomic():
        _insist_may_look(viewer)
        return AccessRecord.objects.create(
            viewer=viewer,
            viewer_role=_role_at(viewer, organization_path),
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            organization_path=organization_path,
            fields=", ".join(fields)[:200],
            reason=words,
        )


def record_routine_look(
    *, viewer, subject: models.Model, fields: list[str], reason: str, limit: int, organization_path: str, now: datetime
) -> AccessRecord:
    """As ``record_look``, for what the viewer's daily work consists of, such as the papers of a case on her desk.

    It has a limit of its own for each kind of record (``limit`` an hour; 0 sets none) and doesn't use up the other
    one; the same thing opened again within half a day stands on record already, and that record is returned.
    """
    words = redact(" ".join(reason.split()))[:200]
    with transaction.atomic():
        User.objects.select_for_update().get(pk=viewer.pk)
        policies.may_look_routinely(viewer).insist()
        subject_type = subject._meta.label_lower
        of_subject = {"subject_type": subject_type, "subject_id": subject.pk}
        earlier = AccessRecord.objects.filter(
            viewer=viewer, routine=True, fields=", ".join(fields), at__gte=now - _SAME_LOOK, **of_subject
        )
        if again := earlier.first():
            return again
        if limit and queries.routine_looks_since(viewer, now - timedelta(hours=1), subject_type) >= limit:
            raise TooManyLooks(limit=limit)
        return AccessRecord.objects.create(
            viewer=viewer,
            viewer_role=_role_at(viewer, organization_path),
            organization_path=organization_path,
            fields=", ".join(fields),
            reason=words,
            routine=True,
            **of_subject,
        )


def record_looks(
    *, viewer, subject_type: str, subjects: Iterable[tuple[int, str]], fields: list[str], reason: str
) -> int:
    """Write down that ``viewer`` is about to see ``fields`` of many records in clear: one line each, so that every
    woman finds it among the looks at her data. ``subjects`` are keys with the tree paths of their organisations.

    The caller has checked scope and policy. Locks the viewer's row. Raises ``ReasonMissing``, ``TooManyLooks`` when
    this hour's looks are used up already (a file uses up what is left of them), ``PermissionDenied``. Returns the
    number of lines.
    """
    words = redact(" ".join(reason.split()))[:200]
    if len(words) < LEAST_REASON:
        raise ReasonMissing(least=LEAST_REASON)
    with transaction.atomic():
        _insist_may_look(viewer)
        lines = [
            AccessRecord(
                viewer=viewer,
                viewer_role=_role_at(viewer, path),
                subject_type=subject_type,
                subject_id=key,
                organization_path=path,
                fields=", ".join(fields)[:200],
                reason=words,
            )
            for key, path in dict(subjects).items()
        ]
        return len(AccessRecord.objects.bulk_create(lines, batch_size=500))


def record_routine_looks(
    *,
    viewer,
    subject_type: str,
    subjects: Iterable[tuple[int, str]],
    fields: list[str],
    reason: str,
    limit: int,
    now: datetime,
) -> int:
    """As ``record_looks``, for a file that the viewer's daily work consists of. ``reason`` names the file.

    ``limit`` counts such files an hour (0 sets none), not the women in them, and other looks aren't used up. Whoever
    of them stands on record for this file and viewer within half a day gets no second line. Locks the viewer's row.
    Raises ``ReasonMissing``, ``TooManyLooks``, ``PermissionDenied``. Returns the number of new lines.
    """
    words = redact(" ".join(reason.split()))[:200]
    if len(words) < LEAST_REASON:
        raise ReasonMissing(least=LEAST_REASON)
    names = ", ".join(fields)[:200]
    with transaction.atomic():
        User.objects.select_for_update().get(pk=viewer.pk)
        policies.may_look_routinely(viewer).insist()
        earlier = AccessRecord.objects.filter(viewer=viewer, routine=True, subject_type=subject_type, fields=names)
        files = earlier.filter(at__gte=now - timedelta(hours=1)).exclude(reason=words).order_by()
        if limit and files.values("reason").distinct().count() >= limit:
            raise TooManyLooks(limit=limit)
        of_this = earlier.filter(reason=words, at__gte=now - _SAME_LOOK)
        known = set(of_this.order_by().values_list("subject_id", flat=True))
        lines = [
            AccessRecord(
                viewer=viewer,
                viewer_role=_role_at(viewer, path),
                subject_type=subject_type,
                subject_id=key,
                organization_path=path,
                fields=names,
                reason=words,
                routine=True,
            )
            for key, path in dict(subjects).items()
            if key not in known
        ]
        return len(AccessRecord.objects.bulk_create(lines, batch_size=500))


def _insist_may_look(viewer) -> None:
    User.objects.select_for_update().get(pk=viewer.pk)
    now = clock.now()
    verdict = policies.may_look(viewer, now=now)
    if not verdict:
        if queries.looks_in_last_hour(viewer, now=now) >= settings.LOOKS_PER_HOUR:
            raise TooManyLooks(limit=settings.LOOKS_PER_HOUR)
        raise PermissionDenied(verdict.reason)


def _role_at(viewer, path: str) -> str:
    """The role by which she reaches ``path``: the one held nearest to it."""
    holding = [(p, roles) for p, roles in scope_of(viewer).grants.items() if path.startswith(p)]
    if not path or not holding:
        return ""
    return min(max(holding, key=lambda held: len(held[0]))[1])
