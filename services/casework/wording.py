"""Every stage in three wordings: for staff, for her, and what comes later; each with its day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from services.casework import queries
from services.casework.enums import WAITING_ON_STAFF, Actor, Handling, Stage, StepKind, Tie, Verb
from services.casework.models import Case, CaseEvent, ReviewRoute
from services.casework.queries import Promise
from services.casework.queries.measured import Measured
from services.casework.queries.timeline import told_of
from services.casework.rules import routes
from services.casework.rules.days import Calendar, working_days_between
from services.organizations.enums import Kind


@dataclass(frozen=True, slots=True)
class Standing:
    """``staff`` and ``hers`` say where the case stands, ``later`` what comes next, ``by_when`` until what day.

    ``by_when`` is empty where no day is promised. ``hers_to_do``: it is her turn.
    """

    staff: str
    hers: str
    later: str
    by_when: str
    hers_to_do: bool = False


_STAFF = {
    Stage.DRAFT: gettext_lazy("The applicant is still filling it in."),
    Stage.RETURNED: gettext_lazy("Returned: the applicant has to supply material. The promised time stands still."),
    Stage.NOTICE: gettext_lazy("Stands on a public notice."),
    Stage.OBJECTION: gettext_lazy("An objection has to be looked into by a second person."),
    Stage.APPROVED: gettext_lazy("Approved; payment has not begun."),
    Stage.BEING_PAID: gettext_lazy("Approved; payment is under way."),
    Stage.CLOSED: gettext_lazy("Closed: all that was granted has been given."),
    Stage.REFUSED: gettext_lazy("Refused, with a reason the applicant reads."),
    Stage.WITHDRAWN: gettext_lazy("Withdrawn by the applicant."),
    Stage.APPEALED: gettext_lazy("Appealed: somebody who has not decided before has to look at it."),
}
_HERS = {
    Stage.DRAFT: gettext_lazy("You have not sent it yet. What you filled in is kept."),
    Stage.RETURNED: gettext_lazy("We need something from you. All of it is listed below."),
    Stage.NOTICE: gettext_lazy("The result is on public notice. Your personal data is hidden."),
    Stage.OBJECTION: gettext_lazy("Somebody raised a question during the public notice. We are looking into it."),
    Stage.APPROVED: gettext_lazy("Your application was approved."),
    Stage.BEING_PAID: gettext_lazy("Your application was approved and the money is on its way."),
    Stage.CLOSED: gettext_lazy("Your application is finished."),
    Stage.REFUSED: gettext_lazy("Your application was not approved. The reason is below."),
    Stage.WITHDRAWN: gettext_lazy("You withdrew this application."),
    Stage.APPEALED: gettext_lazy("You asked for another look. Somebody who has not decided before is looking at it."),
}
_LATER = {
    Stage.DRAFT: gettext_lazy("Once you send it, your union checks it and answers you."),
    Stage.RETURNED: gettext_lazy("As soon as you have sent all of it, work goes on where it stopped."),
    Stage.NOTICE: gettext_lazy("When the notice has ended without an objection, it goes to the decision."),
    Stage.OBJECTION: gettext_lazy("You can answer the question. After that the notice goes on, or you get a decision."),
    Stage.APPROVED: gettext_lazy("Payment is prepared next. You see here when it begins."),
    Stage.BEING_PAID: gettext_lazy("When the bank has confirmed it, you see it here."),
    Stage.CLOSED: gettext_lazy("There is nothing more to do."),
    Stage.REFUSED: gettext_lazy("You can ask for another look by somebody else, or apply again."),
    Stage.WITHDRAWN: gettext_lazy("You can apply again whenever you need."),
    Stage.APPEALED: gettext_lazy("Either the application is reviewed once more, or you read why not."),
}
_STEP_STAFF = {
    StepKind.VERIFY: gettext_lazy("The papers have to be checked."),
    StepKind.HOME_VISIT: gettext_lazy("The household has to be visited."),
    StepKind.PUBLIC_NOTICE: gettext_lazy("A public notice has to be published."),
    StepKind.APPROVE: gettext_lazy("A second person has to decide."),
    StepKind.FILE: gettext_lazy("It has to be filed."),
}
_STEP_HERS = {
    StepKind.VERIFY: gettext_lazy("Your application is being checked."),
    StepKind.HOME_VISIT: gettext_lazy("Somebody of the union will visit you at home. You are called first."),
    StepKind.PUBLIC_NOTICE: gettext_lazy("Checked. A public notice with hidden personal data is being prepared."),
    StepKind.APPROVE: gettext_lazy("Checked. It lies with whoever decides."),
    StepKind.FILE: gettext_lazy("It is being filed."),
}
_STEP_LATER = {
    StepKind.VERIFY: gettext_lazy("Next, the papers are checked."),
    StepKind.HOME_VISIT: gettext_lazy("Next, somebody visits you at home. You are called first."),
    StepKind.PUBLIC_NOTICE: gettext_lazy("Next comes a public notice with hidden personal data."),
    StepKind.APPROVE: gettext_lazy("Next, somebody else decides."),
    StepKind.FILE: gettext_lazy("Next, it is filed."),
    None: gettext_lazy("Next, you read the decision here, with its reason."),
}
STEPS_HERS = {
    StepKind.VERIFY: gettext_lazy("The papers are checked"),
    StepKind.HOME_VISIT: gettext_lazy("Somebody of the union visits you at home; you are called first"),
    StepKind.PUBLIC_NOTICE: gettext_lazy("A public notice, with your personal data hidden"),
    StepKind.APPROVE: gettext_lazy("The decision"),
    StepKind.FILE: gettext_lazy("It is filed"),
}
"""What a step is to her, ahead of it."""

FOLLOWS = {
    Verb.PASS_STEP: gettext_lazy("The case goes to the next step; she sees it in her list."),
    Verb.RETURN: gettext_lazy("She gets one message with everything that is missing; the promised time stands still."),
    Verb.PUBLISH: gettext_lazy("The masked line stands for the days of the step, then the case goes on by itself."),
    Verb.SETTLE_OBJECTION: gettext_lazy("The notice goes on to its last day. The objector learns the outcome alone."),
    Verb.APPROVE: gettext_lazy("She is told; payment can be prepared."),
    Verb.REFUSE: gettext_lazy("She is told and reads your reason; she may appeal."),
    Verb.UPHOLD: gettext_lazy("She is told and reads your reason; it can't be appealed again."),
    Verb.REOPEN: gettext_lazy("It is reviewed again; the promised time is not set back."),
    Verb.SUBMIT: gettext_lazy("Your union gets it and the promised time begins."),
    Verb.RESUBMIT: gettext_lazy("Work goes on where it stopped."),
    Verb.WITHDRAW: gettext_lazy("The application ends. You can apply again."),
    Verb.APPEAL: gettext_lazy("Somebody who has not decided before looks at it."),
}
"""What happens next when somebody presses the button."""

ASKS = {
    Verb.PASS_STEP: gettext_lazy("Pass this step"),
    Verb.RETURN: gettext_lazy("Ask for more material"),
    Verb.PUBLISH: gettext_lazy("Publish the notice"),
    Verb.SETTLE_OBJECTION: gettext_lazy("Settle the objection"),
    Verb.APPROVE: gettext_lazy("Approve"),
    Verb.REFUSE: pgettext_lazy("a case", "Refuse"),
    Verb.UPHOLD: gettext_lazy("Uphold the refusal"),
    Verb.REOPEN: gettext_lazy("Reopen"),
    Verb.SUBMIT: gettext_lazy("Send the application"),
    Verb.RESUBMIT: gettext_lazy("Send what was missing"),
    Verb.WITHDRAW: gettext_lazy("Withdraw the application"),
    Verb.APPEAL: gettext_lazy("Ask for another look"),
}
"""The words on the buttons."""

_FAULTS = {
    routes.NO_STEPS: gettext_lazy("Add at least two steps: one that checks the papers and one that decides."),
    routes.GAP: gettext_lazy("Number the steps from 1 without a gap."),
    routes.NO_VERIFY: gettext_lazy("Add a step that checks the papers."),
    routes.APPROVE_ONCE: gettext_lazy("Have exactly one step that decides."),
    routes.APPROVE_LAST: gettext_lazy("Put the step that decides last."),
    routes.NOTICE_ONCE: gettext_lazy("Have one public notice at most."),
}


def standing(case: Case, *, now: datetime, days: Calendar | None = None) -> Standing:
    """Where the case stands, in all three wordings. At most four queries; ``days`` saves one."""
    promise = queries.promise_of(case, now=now, days=days)
    if case.stage == Stage.IN_REVIEW:
        kind = queries.step_of(case).kind
        staff, hers, later = _STEP_STAFF[kind], _STEP_HERS[kind], _STEP_LATER[_kind_after(case)]
    else:
        staff, hers, later = _STAFF[case.stage], _HERS[case.stage], _LATER[case.stage]
    turn = case.stage in (Stage.DRAFT, Stage.RETURNED)
    return Standing(str(staff), str(hers), str(later), by_when(case, promise, today=localdate(now)), turn)


def to_do(case: Case) -> str:
    """What staff have to do with it now, in a sentence. No query when the route's steps were read with the case."""
    step = queries.step_of(case) if case.stage == Stage.IN_REVIEW else None
    return str(_STEP_STAFF[step.kind] if step else _STAFF[case.stage])


def in_short(case: Case) -> str:
    """Where it stands, in one sentence to her. No query when route and steps are loaded."""
    step = queries.step_of(case) if case.stage == Stage.IN_REVIEW else None
    return str(_STEP_HERS[step.kind] if step else _HERS.get(case.stage, ""))


def _kind_after(case: Case) -> str | None:
    steps = {step.position: step.kind for step in case.route.steps.all()}
    return steps.get(routes.position_after(list(steps), case.position))


def by_when(case: Case, promise: Promise | None, *, today: date) -> str:
    """The day she can count on, in a sentence; empty where nothing is promised. A day that has gone is owned up to."""
    if case.stage == Stage.NOTICE:
        return _("The notice ends on %(day)s.") % {"day": _day(case.due_on)}
    if case.stage == Stage.REFUSED:
        return _appeal_until(case)
    if case.stage == Stage.APPEALED:
        return _late(case.due_on, today) or _("You get an answer by %(day)s.") % {"day": _day(case.due_on)}
    if case.stage == Stage.RETURNED:
        return _("The promised time stands still until you have sent it.")
    if promise is None or case.stage not in WAITING_ON_STAFF:
        return ""
    return _late(promise.decision_due, today) or _promised(promise)


def _late(due: date | None, today: date) -> str:
    if due is None or today <= due:
        return ""
    return _("The answer was due by %(day)s and is late. You can ask your union about it.") % {"day": _day(due)}


def _promised(promise: Promise) -> str:
    said = []
    if promise.contact_due and promise.decision_due:
        said.append(
            _("You get a first answer by %(contact)s and a decision by %(decision)s.")
            % {"contact": _day(promise.contact_due), "decision": _day(promise.decision_due)}
        )
    elif promise.decision_due:
        said.append(_("You get a decision by %(day)s.") % {"day": _day(promise.decision_due)})
    if said and promise.provisional:
        said.append(_("The holidays of next year are not announced yet: the day may still shift."))
    return " ".join(said)


def _appeal_until(case: Case) -> str:
    last = queries.appeal_until(case)
    return _("You can ask for another look until %(day)s.") % {"day": _day(last)} if last else ""


def kept(promise: Promise) -> str:
    """How the promise stands in figures, for staff: “7 of 20 working days used”."""
    used = promise.decision_took if promise.decision_took is not None else promise.counted
    return ngettext(
        "%(used)s of %(days)s working day used", "%(used)s of %(days)s working days used", promise.decision_days
    ) % {"used": used, "days": promise.decision_days}


def overdue_by(case: Case, *, today: date, days: Calendar) -> str:
    """How long a step has been overdue; empty when it isn't."""
    if case.due_on is None or case.due_on >= today:
        return ""
    late = working_days_between(case.due_on, today, days)
    return ngettext("%(days)s working day overdue", "%(days)s working days overdue", late) % {"days": late}


def event_words(event: CaseEvent) -> str:
    """What happened, for both timelines: the verb, or what was done beside the verbs."""
    if event.verb in Verb.values:
        return str(Verb(event.verb).label)
    return str(Handling(event.verb).label) if event.verb in Handling.values else _("Begun")


def done(line, case: Case) -> dict[str, str]:
    """A line of the timeline as it fills the slots of “done already”: what, by whom, when, and where the case stands.
    One query."""
    event = told_of(line)
    nobody_of_staff = Actor.APPLICANT.label if event.by else Actor.SYSTEM.label
    who = event.by.full_name if event.by_staff else nobody_of_staff
    at = date_format(localtime(event.at), "DATETIME_FORMAT")
    return {"what": event_words(event), "who": str(who), "at": at, "stage": str(case.get_stage_display())}


def repeated(case: Case) -> str:
    """To whoever carried something out that she had carried out before."""
    at = date_format(localtime(case.repeats), "DATETIME_FORMAT")
    words = _("%(number)s: you did this already, on %(at)s. It stands at “%(stage)s”. Nothing was done a second time.")
    return words % {"number": case.number, "at": at, "stage": case.get_stage_display()}


def desk_words(event: CaseEvent) -> str:
    """Why the case lies at another desk than the route names; empty when it doesn't."""
    if level := event.details.get("instead_of"):
        return _("There is no %(level)s above her union: the next level up handles this step.") % {
            "level": Kind(level).label
        }
    if event.details.get("above"):
        return _("Nobody else who may handle it holds a post there: the organisation above does.")
    return ""


def tie_words(event: CaseEvent) -> str:
    """How whoever keeps away is related to the applicant, as she declared it."""
    tie = event.details.get("tie", "")
    return str(Tie(tie).label) if tie in Tie.values else ""


def route_fault(code: str) -> str:
    """What has to be changed before a route can be put in force."""
    return str(_FAULTS[code])


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def promise_said(route: ReviewRoute | None, measured: Measured) -> list[str]:
    """What is promised, and how it was kept, in sentences that everybody reads."""
    said = []
    if route is not None:
        days = {"contact": route.contact_days, "decision": route.decision_days}
        promised = _("We promise a first answer within %(contact)s working days and a decision within %(decision)s.")
        said.append(promised % days)
    when = {"since": f"{measured.since:%Y-%m}", "until": f"{measured.until:%Y-%m}"}
    if not measured.told:
        few = _("From %(since)s to %(until)s too few were decided to say how long it takes.")
        return [*said, few % when]
    kept = _(
        "Of %(cases)s applications decided from %(since)s to %(until)s, half took at most %(median)s working days, "
        "nine of ten at most %(ninetieth)s; %(share)s%% were decided in time."
    )
    figures = {"cases": measured.cases, "median": measured.median, "ninetieth": measured.ninetieth}
    return [*said, kept % (when | figures | {"share": measured.share_in_time})]


def rounds_said(measured: Measured) -> str:
    """How often she was asked for more (D16); empty where too few stand behind it."""
    if measured.rounds is None:
        return ""
    times = ngettext(
        "The middle one of them was returned for more material %(times)s time.",
        "The middle one of them was returned for more material %(times)s times.",
        measured.rounds,
    )
    return times % {"times": measured.rounds}
