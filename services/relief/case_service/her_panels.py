"""What her own page of a case shows of relief: why it was decided so, the sum, how the money goes, what to correct."""

from services.casework.enums import Stage
from services.casework.registry import Panel
from services.foundation.verdict import Finding
from services.payments.models import Payable
from services.relief import wording
from services.relief.case_service.panels import lines
from services.relief.enums import AssessmentKind, ProgrammeKind
from services.relief.models import Application, Award
from services.relief.queries.awards import payable_key

_GRANTED = frozenset({Stage.APPROVED, Stage.BEING_PAID, Stage.CLOSED})
_DECIDED = _GRANTED | {Stage.REFUSED}


def her_panels_of(application: Application) -> list[Panel]:
    stage, panels = application.case.stage, []
    if stage == Stage.RETURNED:
        panels.append(Panel("relief/her_correct.html", {"token": application.case.token}))
    if stage in _GRANTED and application.programme.kind != ProgrammeKind.FILING:
        panels.append(Panel("relief/her_sum.html", _sum(application)))
    if stage in _GRANTED and application.programme.kind == ProgrammeKind.FILING:
        panels.append(Panel("relief/her_file.html", {"household": application.household}))
    if stage in _DECIDED and (parts := _decided_on(application)):
        panels.append(Panel("relief/her_decision.html", {"parts": parts}))
    return panels


def _sum(application: Application) -> dict:
    award = Award.objects.unscoped().select_related("application__case").filter(application=application).first()
    payable = award and Payable.objects.own(worker=award.worker_id, key=payable_key(award)).first()
    return {"award": award, "payable": payable}


def _decided_on(application: Application) -> list[tuple[str, str, list]]:
    """The newest findings on which it was decided: what it was, the answer in a sentence, line by line."""
    titles, document = {str(kind): kind.label for kind in AssessmentKind}, application.programme.source
    newest = {}
    for one in application.assessments.filter(decisive=True).order_by("pk"):
        newest[one.kind] = one
    return [
        (str(titles[one.kind]), _sentence(one), lines([Finding.from_json(found) for found in one.findings], document))
        for one in sorted(newest.values(), key=lambda one: one.pk)
    ]


def _sentence(assessment) -> str:
    if assessment.kind == AssessmentKind.INCOME:
        return wording.category_said(None if assessment.outcome == "unknown" else assessment.outcome)
    return ""
