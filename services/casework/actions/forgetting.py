"""Taking the person out of a case whose term is over. Its number, stages, days and place in every count stay."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from services.casework.actions.uploads import discard_upload
from services.casework.enums import FiledBy
from services.casework.models import (
    Authorisation,
    Case,
    Complaint,
    Document,
    KeptTyping,
    NoticeLine,
    Objection,
    RecheckItem,
    Recusal,
    UploadInProgress,
    private_storage,
)
from services.foundation.references import unguessable
from services.privacy.registry import Gone
from services.workers.models import Worker

# What a decision has to have stays, without its words.
NO_WORDS = "—"


def forget_case(case: Case, *, nobody: Worker, now: datetime) -> Gone:
    """Empty a locked case of everything that names her or was written about her; it names ``nobody`` from then on.

    Its address changes. Papers go, their files once this is committed. The calling service has deleted what hangs on
    the papers and has asked whether the case may go.
    """
    leave = case.authorisation
    gone = _empty_around(case) + _delete_papers(Document.objects.filter(case=case))
    for upload in UploadInProgress.objects.filter(case=case):
        transaction.on_commit(lambda upload=upload: discard_upload(upload))
    _repoint_recusals(case)
    case.worker, case.token, case.representative, case.authorisation = nobody, unguessable(), None, None
    case.filed_by, case.reason = FiledBy.HERSELF, NO_WORDS if case.reason else ""
    case.save(update_fields=["worker", "token", "representative", "authorisation", "filed_by", "reason"])
    return gone + Gone(rows=1) + _end_leave(leave, now=now)


def _empty_around(case: Case) -> Gone:
    """The words of every step, of requests, complaints, objections, notices and second looks."""
    rows = case.events.update(reason="", note="") + case.events.filter(by_staff=False).update(by=None, for_whom=None)
    rows += NoticeLine.objects.filter(case=case).update(masked_name="*", unit="", shown={})
    rows += Complaint.objects.own(case=case).update(words="", answer="")
    rows += Objection.objects.own(line__case=case).update(text="", contact="", asked="", answer="", told="")
    rows += RecheckItem.objects.filter(case=case).update(words="")
    rows += KeptTyping.objects.filter(case=case).delete()[0]
    rows += case.requested.all().delete()[0]
    return Gone(rows=rows)


def _delete_papers(papers: QuerySet[Document]) -> Gone:
    names = [name for name in papers.values_list("file", flat=True) if name]
    rows = papers.delete()[1].get(Document._meta.label, 0)
    for name in names:
        transaction.on_commit(lambda name=name: private_storage().delete(name))
    return Gone(rows=rows, files=len(names))


def _repoint_recusals(case: Case) -> None:
    """Who keeps away from her keeps away from her other cases; a relation that no case is left for is forgotten."""
    other = Case.objects.own(worker=case.worker_id).exclude(pk=case.pk).order_by("-pk").first()
    declared = Recusal.objects.filter(case=case)
    if other is None:
        declared.delete()
    else:
        declared.update(case=other)


def _end_leave(leave: Authorisation | None, *, now: datetime) -> Gone:
    """The leave to apply for her goes with the last case begun under it, and its signed paper with it."""
    if leave is None or leave.cases.exists():
        return Gone()
    paper = leave.paper_id
    leave.delete()
    return Gone(rows=1) + _delete_papers(Document.objects.filter(pk=paper))
