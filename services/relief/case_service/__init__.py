"""What relief answers to casework: what is missing, what stands in the way, what follows a verb, what is shown."""

from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from services.casework.actions.typing import forget
from services.casework.enums import Stage, Verb
from services.casework.registry import AskedPaper, CaseService, Missing, Panel, Way
from services.foundation.verdict import Finding
from services.relief import policies, queries, wording
from services.relief.actions import deciding
from services.relief.actions.applying import take_up_file
from services.relief.actions.assessing import assess
from services.relief.case_service.her_panels import her_panels_of
from services.relief.case_service.missing import missing_of
from services.relief.case_service.obstacles import obstacles_of
from services.relief.case_service.panels import panels_of
from services.relief.enums import AssessmentKind, ProgrammeKind
from services.relief.models import Application, Programme
from services.relief.queries.standards import public_programmes
from services.relief.rules import asking

# The verbs that relief has a say in; for all others it doesn't read the application.
_HINDERED = frozenset({Verb.SUBMIT, Verb.PASS_STEP, Verb.APPROVE})
_FOLLOWED = _HINDERED | {Verb.REFUSE, Verb.UPHOLD, Verb.WITHDRAW, Verb.REOPEN, Verb.RESUBMIT}


class ReliefService(CaseService):
    code = queries.SERVICE
    letters = "KN"
    label = _("Hardship relief")

    def title(self, case) -> str:
        return _title(queries.application_of(case).programme)

    def titles(self, cases: list) -> dict[int, str]:
        return {one.case_id: _title(one.programme) for one in queries.programmes_of(cases)}

    def sums(self, cases: list, *, viewer) -> dict[int, Decimal]:
        """The sum to be paid: a change of hand included, else what the rules computed last."""
        found = queries.applications_of(cases).exclude(programme__kind=ProgrammeKind.FILING)
        return {one.case_id: one.amount for one in found if one.amount is not None}

    def subjects(self, codes: list[str]) -> dict[str, str]:
        return queries.programme_names(codes)

    def missing(self, case, *, now: datetime) -> list[Missing]:
        return missing_of(queries.application_of(case), now=now)

    def document_kinds(self, case) -> list[Missing]:
        """Those of the programme in its order, and what a home visit leaves behind."""
        kinds = [one["kind"] for one in queries.papers_of_programme(case)]
        of_visit = ("visit_photo", "visit_signature")
        return [
            Missing(kind, wording.review.document(kind), of_staff=kind in of_visit)
            for kind in dict.fromkeys([*kinds, *of_visit, "other"])
        ]

    def papers_asked(self) -> list[AskedPaper]:
        return [
            AskedPaper(programme.code, _title(programme), one["kind"], wording.review.document(one["kind"]))
            for programme in queries.programmes_in_force()
            for one in programme.documents
        ]

    def obstacles(self, case, verb: str, *, by, now: datetime) -> list[Finding]:
        return obstacles_of(_of(case), verb, by=by, now=now) if verb in _HINDERED else []

    def explain(self, finding: Finding) -> str:
        said = wording.explain(finding)
        return " ".join(part for part in said if part)

    def entered(self, case, *, verb: str, by, now: datetime) -> None:
        """What follows in the same transaction; the case is brought up to date afterwards."""
        if verb not in _FOLLOWED:
            return
        application = _of(case)
        if verb == Verb.APPROVE:
            deciding.approve(application, by=by, now=now)
        elif verb in (Verb.REFUSE, Verb.UPHOLD):
            deciding.refuse(application, by=by, now=now)
        elif verb == Verb.WITHDRAW:
            deciding.withdraw(application, now=now)
        elif verb == Verb.REOPEN:
            take_up_file(application.household, now=now)
        elif verb in (Verb.SUBMIT, Verb.RESUBMIT, Verb.PASS_STEP):
            assess(application, by=by, now=now)
        if verb == Verb.WITHDRAW:
            forget(application.case)
        if verb == Verb.APPROVE:
            case.refresh_from_db()

    def household_of(self, cases: list) -> dict[int, set[str]]:
        return queries.identities_in_households(cases)

    def panels(self, case, *, viewer, now: datetime) -> list[Panel]:
        return panels_of(_of(case), viewer=viewer, now=now)

    def notice_fields(self, cases: list) -> dict[int, dict[str, str]]:
        """Category by the newest income test, programme, sum; nothing else of hers."""
        found = queries.applications_of(cases).prefetch_related("assessments")
        return {one.case_id: _notice(one) for one in found}

    def her_facts(self, case) -> list[tuple[str, str]]:
        rows = [(str(_("Programme")), self.title(case)), (str(_("Union")), case.organization.name)]
        if case.submitted_at:
            rows.append((str(_("Sent on")), date_format(localtime(case.submitted_at), "DATE_FORMAT")))
        return rows

    def her_panels(self, case, *, now: datetime) -> list[Panel]:
        return her_panels_of(_of(case))

    def page_for_her(self, case) -> str:
        return queries.page_for_her(case)

    def ways_from_illness(self, worker, *, on: date) -> list[Way]:
        """What there is, and each programme of her union that answers for a serious illness."""
        general = gettext("If treatment costs more than you can bear: see what help there is")
        words = gettext("If a doctor confirms a serious illness: apply for “%(programme)s”")
        after_illness = [
            Way(words % {"programme": _title(one)}, reverse("relief:begin", args=[one.code]), takes=True)
            for one in public_programmes(worker.organization)
            if asking.answers_for_illness(one)
        ]
        return [Way(general, reverse("relief:start")), *after_illness]

    def ways_in_her_name(self, worker, *, viewer) -> list[Way]:
        if not policies.may_represent(viewer, worker):
            return []
        return [Way(gettext("Apply for relief in her name"), reverse("relief_desk:begin", args=[worker.token]))]

    def sent_address(self, case) -> str:
        return reverse("relief:what_i_sent", args=[case.token])

    def her_address(self, case) -> str:
        """The task list while it is a draft, then the page of the case."""
        if case.stage == Stage.DRAFT:
            return reverse("relief:application", args=[case.token])
        return reverse("casework:case", args=[case.token])


def _of(case) -> Application:
    """The application with this very case, as it stands now that it is locked."""
    application = queries.application_of(case)
    application.case = case
    return application


def _title(programme: Programme) -> str:
    return (programme.name_en if get_language() == "en" else "") or programme.name


def _sum_said(amount: Decimal) -> str:
    return gettext("%(sum)s yuan") % {"sum": wording.yuan(f"{amount:.2f}")}


def _notice(application: Application) -> dict[str, str]:
    tests = [one for one in application.assessments.all() if one.kind == AssessmentKind.INCOME]
    newest = max(tests, key=lambda one: one.pk, default=None)
    on_file = application.household.category if application.household else ""
    category = on_file or (newest.outcome if newest and newest.outcome != "unknown" else "")
    pays = application.programme.kind != ProgrammeKind.FILING
    return {
        "category": wording.category_name(category) if category else "",
        "programme": application.programme.name,
        "amount": _sum_said(application.amount) if pays and application.amount else "",
    }
