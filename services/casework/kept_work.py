"""Papers that wait for the virus scanner, as background work: how many of which kind, never whose."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.casework.actions.scanning import ask_again
from services.casework.enums import ScanState
from services.casework.policies.scanner import may_ask_scanner
from services.casework.queries.waiting_papers import papers_without_verdict
from services.foundation.kept_work import Kept, Work, WorkKind

_ALL = "all"


def _found(user, now: datetime) -> Kept | None:
    if not may_ask_scanner(user):
        return None
    rows = [_work(*found) for found in papers_without_verdict()]
    return Kept(rows, len(rows))


def _work(title: str, waiting: int, held: int) -> Work:
    count = waiting + held
    return Work(
        about=title,
        state=str((ScanState.QUARANTINED if held else ScanState.WAITING).label),
        progress=ngettext("%(count)s file", "%(count)s files", count) % {"count": count},
        trouble=_("The virus scanner can't be reached, or none is named: nobody can open them.") if held else "",
        stuck=bool(held),
        token=_ALL,
    )


def _retry(token: str, by, now: datetime) -> None:
    ask_again(by=by)


PAPERS = WorkKind(gettext_lazy("Papers waiting for the virus scanner"), _found, _retry)
