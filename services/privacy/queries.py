"""Notices in force, standing consents, looks at somebody's data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import pgettext

from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.privacy.enums import Purpose
from services.privacy.errors import NoticeMissing
from services.privacy.models import AccessRecord, Consent, Erasure, Notice
from services.privacy.registry import held_data, terms, viewer_wording

# Roles that read the register of looks; the notices are the first one's alone.
READERS_OF_LOOKS = frozenset({"platform_administrator", "auditor"})


def current_notice(purpose: str, *, now: datetime | None = None) -> Notice:
    """The newest notice already in force for a purpose. Raises ``NoticeMissing``."""
    notice = Notice.objects.filter(purpose=purpose, in_force_from__lte=now or clock.now()).order_by("-version").first()
    if notice is None:
        raise NoticeMissing()
    return notice


def standing_consent(user, purpose: str, *, now: datetime | None = None) -> Consent | None:
    """Her consent to the notice now in force; None when she gave none, withdrew it, or the notice is newer."""
    if not getattr(user, "is_authenticated", False):
        return None
    return standing_consents(user.pk, purpose, now=now).select_related("notice").first()


def standing_consents(giver: int | None, purpose: str, *, now: datetime | None = None) -> QuerySet[Consent]:
    """The consent of this user (by key) to the notice in force, as a condition that a larger query can carry."""
    in_force = Notice.objects.filter(purpose=purpose, in_force_from__lte=now or clock.now()).order_by("-version")
    return Consent.objects.filter(
        giver_id=giver, purpose=purpose, withdrawn_at__isnull=True, notice=Subquery(in_force.values("pk")[:1])
    )


def paper_consents(record: str, purpose: str, *, now: datetime | None = None) -> QuerySet[Consent]:
    """The consent to the notice in force that a woman without an account gave on paper, by her record's token."""
    return papers_standing(purpose, now=now).filter(record=record)


def papers_standing(purpose: str, *, now: datetime | None = None) -> QuerySet[Consent]:
    """All consents to the notice in force that women without an account gave on paper."""
    in_force = Notice.objects.filter(purpose=purpose, in_force_from__lte=now or clock.now()).order_by("-version")
    return Consent.objects.filter(
        giver__isnull=True,
        purpose=purpose,
        withdrawn_at__isnull=True,
        notice=Subquery(in_force.values("pk")[:1]),
    )


def consents_of(user):
    """Every consent she ever gave, newest first."""
    return Consent.objects.filter(giver=user).select_related("notice").order_by("-given_at", "-pk")


def purposes_standing(user) -> list[tuple[Purpose, Consent | None]]:
    """Each purpose with her standing consent, if any."""
    standing = {}
    for consent in consents_of(user).filter(withdrawn_at__isnull=True):
        standing.setdefault(consent.purpose, consent)
    return [(purpose, standing.get(purpose.value)) for purpose in Purpose]


def looks_since(viewer, since: datetime) -> int:
    """Looks that aren't part of her daily work."""
    return AccessRecord.objects.filter(viewer=viewer, at__gte=since, routine=False).count()


def routine_looks_since(viewer, since: datetime, subject_type: str) -> int:
    rows = AccessRecord.objects.filter(viewer=viewer, at__gte=since, routine=True)
    return rows.filter(subject_type=subject_type).count()


def looks_in_last_hour(viewer, *, now: datetime) -> int:
    return looks_since(viewer, now - timedelta(hours=1))


def looks_at(user):
    """Looks at records that are about this person, newest first."""
    keys: dict[str, list[int]] = {}
    for holder in held_data:
        for kind, key in holder.subjects(user):
            keys.setdefault(kind, []).append(key)
    condition = Q(pk__in=[])
    for kind, found in keys.items():
        condition |= Q(subject_type=kind, subject_id__in=found)
    return AccessRecord.objects.filter(condition).order_by("-at", "-pk")


def looks_within_reach(user):
    """Looks at records of the organisations she oversees; the register of a tree belongs to its own overseers."""
    paths = scope_of(user).paths(roles=READERS_OF_LOOKS)
    return AccessRecord.objects.filter(path_filter("organization_path", paths)).select_related("viewer")


@dataclass(frozen=True, slots=True)
class WordedLook:
    """A look in words: role and organisation of the viewer, never her name; which fields, when and why."""

    at: datetime
    role: str
    organization: str
    fields: str
    reason: str
    viewer: object = None


def worded(records) -> list[WordedLook]:
    """Looks in words, in a fixed number of queries."""
    records = list(records)
    names = viewer_wording.organizations({r.organization_path for r in records if r.organization_path})
    return [
        WordedLook(
            at=record.at,
            role=viewer_wording.role(record.viewer_role) if record.viewer_role else "",
            organization=names.get(record.organization_path, ""),
            fields=field_names(record.subject_type, record.fields),
            reason=record.reason,
            viewer=record.viewer_id,
        )
        for record in records
    ]


def field_names(subject_type: str, fields: str) -> str:
    """The fields of a look as the record's own model calls them; a name it doesn't know stays as it is."""
    try:
        meta = apps.get_model(subject_type)._meta
    except (LookupError, ValueError):
        return fields
    words = []
    for name in fields.split(", "):
        try:
            words.append(str(meta.get_field(name).verbose_name))
        except FieldDoesNotExist:
            words.append(name)
    return pgettext("between items of a list", ", ").join(words)


def label_of(proof: Erasure) -> str:
    """What a proof is about, in words; a kind that nobody declares any more is told by its code."""
    term = terms.get(proof.kind)
    return str(term.label) if term else proof.kind
