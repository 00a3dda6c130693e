"""Who may import what for which unit, and who may fetch a job's file."""

from django.utils.translation import gettext_lazy as _

from services.accounts.queries import staff_within_reach
from services.exchange.models import Export, Job
from services.foundation.exports import ListExport, exports
from services.foundation.scope import scope_of
from services.foundation.sheets import SheetSpec, sheets
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Role

KEEPERS = frozenset({Role.PLATFORM_ADMINISTRATOR})
_NOT_KEEPER = Verdict(False, _("Platform administrators start again what stopped, within their part of the tree."))
NO_POST = Verdict(False, _("You don't hold a post at this unit that allows imports."))
_NOT_IN_CLEAR = Verdict(False, _("This list leaves masked only."))
_NOT_HERS = Verdict(False, _("Only whoever started the import can fetch its file."))


def may_import(user, spec: SheetSpec, organization) -> Verdict:
    """A post named by the sheet, held at the unit or above it."""
    return ALLOWED if scope_of(user).covers(organization.path, roles=spec.roles) else NO_POST


def may_handle(user, job: Job) -> Verdict:
    """Apply or discard: whoever may import this sheet for this unit today."""
    return may_import(user, sheets[job.spec], job.organization)


def may_download(user, job: Job) -> Verdict:
    """The file holds personal data in full: only its owner, and only while she still holds the post."""
    return may_handle(user, job) if job.owner_id == user.pk else _NOT_HERS


def may_export(user, listing: ListExport, *, opened: bool = False) -> Verdict:
    """Whoever may read the list; in clear, whoever the app that owns the rows allows it."""
    verdict = listing.may(user)
    if not verdict or not opened:
        return verdict
    return listing.may_open(user) if listing.may_open else _NOT_IN_CLEAR


def may_fetch(user, export: Export, listing: ListExport) -> Verdict:
    """Its owner, while she still may read the list in that form."""
    return may_export(user, listing, opened=export.opened) if export.owner_id == user.pk else _NOT_HERS


def may_retry_job(user, job: Job) -> Verdict:
    """A platform administrator whose post reaches the unit. She starts it again and sees none of its rows."""
    return ALLOWED if scope_of(user).covers(job.organization.path, roles=KEEPERS) else _NOT_KEEPER


def may_retry_export(user, export: Export) -> Verdict:
    """A platform administrator who keeps the account of whoever asked for it."""
    if not scope_of(user).paths(roles=KEEPERS):
        return _NOT_KEEPER
    mine = staff_within_reach(user, roles=KEEPERS).filter(pk=export.owner_id).exists()
    return ALLOWED if mine else _NOT_KEEPER


def exportable(user) -> list[ListExport]:
    """The lists she may take along as a workbook."""
    return [listing for listing in exports if listing.may(user)]


def importable(user) -> list[SheetSpec]:
    """The sheets she may import somewhere, the everyday one first."""
    return [spec for spec in sorted(sheets, key=lambda spec: spec.order) if scope_of(user).paths(roles=spec.roles)]
