"""Papers and photos beside an application, letter, milestone, rule or activity: on disk before the row says so."""

from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from services.casework.actions.look_into import insist_size, look_into
from services.casework.actions.scanning import scan_after_commit, state_of_new
from services.casework.errors import TooManyUploads
from services.casework.models import private_storage
from services.casework.rules.files import shown_name
from services.childrens_homes import errors, policies
from services.childrens_homes.models import CareActivity, Letter, MilestoneDone, Paper, RegulationDoc, SiteApplication
from services.childrens_homes.queries.papers import papers_about
from services.foundation.pace import minutes_to_wait
from services.foundation.stored import put
from services.foundation.strays import delete_strays
from services.foundation.verdict import Verdict
from services.organizations.models import Organization

About = SiteApplication | Letter | MilestoneDone | RegulationDoc | CareActivity
NAMES = {
    SiteApplication: "application",
    Letter: "letter",
    MilestoneDone: "milestone",
    RegulationDoc: "regulation",
    CareActivity: "activity",
}


def place_of(about: About) -> Organization:
    """Whose paper it is: its place in the tree decides who reads it."""
    if isinstance(about, SiteApplication):
        return about.host
    if isinstance(about, Letter):
        return about.party_b
    return about.organization if isinstance(about, MilestoneDone) else about.home.host


def may_add(user, about: About) -> Verdict:
    if isinstance(about, SiteApplication):
        return policies.may_file_site(user, about.host)
    if isinstance(about, RegulationDoc | CareActivity):
        return policies.may_run(user, about.home)
    return policies.may_act_for(user, place_of(about))


def add_paper(about: About, *, upload: BinaryIO, name: str, by, now: datetime, agreed: bool = False) -> Paper:
    """A photo is drawn anew, so that it loses what the camera wrote into it; a PDF is kept as it came. The same file
    again answers with the earlier one. ``agreed``: she checked that the guardians of all children in it agree.

    Raises ``PermissionDenied``, ``PhotoConsent``, ``TooManyUploads``, ``PaperRefused`` (too many), ``NotKept``
    or a ``DocumentRefused``.
    """
    may_add(by, about).insist()
    of_activity = isinstance(about, CareActivity)
    if of_activity and not agreed:
        raise errors.PhotoConsent()
    limit = settings.CASE_UPLOADS_PER_HOUR
    if minutes := minutes_to_wait("homes-paper", by, limit=limit, now=now):
        raise TooManyUploads(limit=limit, minutes=minutes)
    insist_size(upload.seek(0, 2))
    checked = look_into(upload)
    with transaction.atomic():
        type(about).objects.unscoped().select_for_update(of=("self",)).get(pk=about.pk)
        there = papers_about(about)
        if earlier := there.filter(digest=checked.digest).first():
            return earlier
        if there.count() >= settings.CASE_MAX_DOCUMENTS:
            raise errors.PaperRefused(limit=settings.CASE_MAX_DOCUMENTS)
        paper = Paper(
            organization=place_of(about),
            name=shown_name(name) or "-",
            extension=checked.extension,
            content_type=checked.content_type,
            size=checked.size,
            digest=checked.digest,
            scan=state_of_new(),
            added_by=by,
            added_at=now,
            agreed_at=now if of_activity else None,
            **{NAMES[type(about)]: about},
        )
        put(paper.file, "paper", checked.stream)
        paper.save()
        log(instance=about, action="childrens_homes.add_paper", user=by, timestamp=now)
        scan_after_commit(paper)
    return paper


@transaction.atomic
def agree_again(paper: Paper, *, by, now: datetime) -> Paper:
    """A photo that was withheld because a guardian took her yes back shows no child of hers: it is shown again.

    Raises ``PermissionDenied``, ``PhotoConsent`` for what isn't a photo of an activity.
    """
    found = Paper.objects.unscoped().select_for_update(of=("self",)).get(pk=paper.pk)
    if found.activity is None or found.removed_at is not None:
        raise errors.PhotoConsent()
    may_add(by, found.activity).insist()
    found.agreed_at = now
    found.save(update_fields=["agreed_at"])
    log(instance=found.activity, action="childrens_homes.agree_again", user=by, timestamp=now)
    return found


@transaction.atomic
def remove_paper(paper: Paper, *, by, now: datetime) -> None:
    """Its line stays, its file is deleted; again: no change. Raises ``PermissionDenied``."""
    found = Paper.objects.unscoped().select_for_update(of=("self",)).get(pk=paper.pk)
    about = next(thing for name in NAMES.values() if (thing := getattr(found, name)))
    may_add(by, about).insist()
    if found.removed_at is not None:
        return
    path = found.file.name
    found.file, found.removed_at, found.purged_at = "", now, now
    found.save(update_fields=["file", "removed_at", "purged_at"])
    transaction.on_commit(lambda: private_storage().delete(path), robust=True)
    log(instance=about, action="childrens_homes.remove_paper", user=by, timestamp=now)


def note_harmful(paper: Paper, now: datetime) -> None:
    """It is on record no longer. Runs in the transaction that noted the scanner's verdict."""
    paper.removed_at = now
    paper.save(update_fields=["removed_at"])
    log(instance=paper.organization, action="childrens_homes.harmful_paper", user=None, timestamp=now)


def purge_strays(*, now: datetime) -> int:
    """Files that no row names, left by a process that was killed. Returns how many were deleted."""

    def of_rows(folder: str) -> set[str]:
        return set(Paper.objects.unscoped().filter(file__startswith=f"{folder}/").values_list("file", flat=True))

    return delete_strays(private_storage(), "childrens_homes", of_rows, now=now)
