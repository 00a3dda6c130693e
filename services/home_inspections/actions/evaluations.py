"""The yearly evaluation: homes score themselves, counties score, the city looks at a sample, grades are publicised."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.childrens_homes.models import Programme
from services.foundation.locks import hold
from services.foundation.stages import edge
from services.home_inspections import errors, policies, workflow
from services.home_inspections.enums import EvaluationState, Grade, RecognitionState
from services.home_inspections.models import Evaluation, EvaluationLine, Recognition
from services.home_inspections.queries.inspections import alive
from services.home_inspections.rules import grading

LOCK = "home_inspections.evaluations"
# A notice that is still somewhere on its way.
_UNDECIDED = (
    RecognitionState.PROPOSED,
    RecognitionState.REVIEWED,
    RecognitionState.PUBLIC,
    RecognitionState.OBJECTION,
)


@transaction.atomic
def open_evaluation(
    programme: Programme, *, year: int, marks: grading.Marks, notice_days: int, source: str, by, now: datetime
) -> Evaluation:
    """Begin a year with a line for every home that stands. Raises ``PermissionDenied``, ``EvaluationThere``,
    ``GradesOutOfOrder``. Lock: the name space of evaluations."""
    policies.may_lead_city(by, programme.city).insist()
    hold(LOCK)
    if not marks.in_order():
        raise errors.GradesOutOfOrder()
    if Evaluation.objects.unscoped().filter(programme=programme, year=year).exists():
        raise errors.EvaluationThere()
    made = Evaluation.objects.create(
        programme=programme,
        year=year,
        excellent_from=marks.excellent,
        good_from=marks.good,
        met_from=marks.met,
        notice_days=notice_days,
        source=source.strip(),
        opened_by=by,
        opened_at=now,
    )
    EvaluationLine.objects.bulk_create(EvaluationLine(evaluation=made, home=home) for home in alive(programme))
    log(made, "home_inspections.evaluation_open", user=by, data={"year": year})
    return made


def _locked(evaluation: Evaluation) -> Evaluation:
    rows = Evaluation.objects.unscoped().select_for_update(of=("self",)).select_related("programme__city")
    return rows.get(pk=evaluation.pk)


@transaction.atomic
def move_on(evaluation: Evaluation, verb: str, *, by, now: datetime) -> Evaluation:
    """Take the evaluation one step further; each step asks for what the one before had to bring.

    Raises ``PermissionDenied``, ``StepTaken``, ``NoSuchStep``, ``ScoresMissing``, ``NoticeRuns``, ``ObjectionsOpen``.
    """
    evaluation = _locked(evaluation)
    policies.may_lead_city(by, evaluation.programme.city).insist()
    found = edge(workflow.EVALUATION, evaluation.state, verb)
    if found is None:
        if any(one.verb == verb and one.target == evaluation.state for one in workflow.EVALUATION):
            raise errors.StepTaken()
        raise errors.NoSuchStep(state=EvaluationState(evaluation.state).label)
    ask = {"sample": _sample, "grade": _grade, "publicise": _publicise, "close": _close}.get(verb)
    if ask:
        ask(evaluation, now)
    evaluation.state = found.target
    evaluation.save()
    log(evaluation, f"home_inspections.evaluation_{verb}", user=by, timestamp=now)
    return evaluation


def _lines(evaluation: Evaluation):
    return EvaluationLine.objects.unscoped().filter(evaluation=evaluation)


def _sample(evaluation: Evaluation, now: datetime) -> None:
    """Every county has scored. Whom the city visits a draw says (``actions.sampled``), or the city itself."""
    _insist_none(_lines(evaluation).filter(county_score__isnull=True))


def _grade(evaluation: Evaluation, now: datetime) -> None:
    _insist_none(_lines(evaluation).filter(sampled=True, city_score__isnull=True))
    marks = grading.Marks(evaluation.excellent_from, evaluation.good_from, evaluation.met_from)
    lines = list(_lines(evaluation))
    for one in lines:
        one.grade = Grade(grading.grade(one.counts, marks))
    EvaluationLine.objects.unscoped().bulk_update(lines, ["grade"], batch_size=500)


def _publicise(evaluation: Evaluation, now: datetime) -> None:
    evaluation.public_until = localdate(now) + timedelta(days=evaluation.notice_days)


def _close(evaluation: Evaluation, now: datetime) -> None:
    if evaluation.public_until >= localdate(now):
        raise errors.NoticeRuns(day=evaluation.public_until.isoformat())
    waiting = Recognition.objects.unscoped().filter(evaluation=evaluation, state__in=_UNDECIDED).count()
    if waiting:
        raise errors.ObjectionsOpen(count=waiting)


def _insist_none(missing) -> None:
    if count := missing.count():
        raise errors.ScoresMissing(count=count)


def _held_line(line: EvaluationLine, *states: str) -> EvaluationLine:
    rows = EvaluationLine.objects.unscoped().select_for_update(of=("self",))
    line = rows.select_related("evaluation", "home__host").get(pk=line.pk)
    if line.evaluation.state not in states:
        raise errors.NoSuchStep(state=EvaluationState(line.evaluation.state).label)
    return line


@transaction.atomic
def score_itself(line: EvaluationLine, *, score: Decimal, note: str, by, now: datetime) -> EvaluationLine:
    """The home's own score with its words. Raises ``PermissionDenied``, ``NoSuchStep``. Lock: the line."""
    policies.may_run(by, line.home).insist()
    line = _held_line(line, EvaluationState.SELF_SCORE)
    line.self_score, line.self_note = score, note.strip()[:500]
    line.save(update_fields=["self_score", "self_note"])
    log(line.home, "home_inspections.evaluation_self", user=by, data={"score": str(score)}, timestamp=now)
    return line


@transaction.atomic
def score_by_county(line: EvaluationLine, *, score: Decimal, by, now: datetime) -> EvaluationLine:
    """The county's score. Raises ``PermissionDenied``, ``NoSuchStep``. Lock: the line."""
    policies.may_schedule(by, line.home, "county").insist()
    line = _held_line(line, EvaluationState.COUNTY_SCORE)
    line.county_score = score
    line.save(update_fields=["county_score"])
    log(line.home, "home_inspections.evaluation_county", user=by, data={"score": str(score)}, timestamp=now)
    return line


@transaction.atomic
def score_by_city(line: EvaluationLine, *, score: Decimal, by, now: datetime) -> EvaluationLine:
    """The city's score of a home in its sample. Raises ``PermissionDenied``, ``NoSuchStep``. Lock: the line."""
    policies.may_lead_city(by, line.home.host).insist()
    line = _held_line(line, EvaluationState.CITY_SAMPLE)
    line.city_score, line.sampled = score, True
    line.save(update_fields=["city_score", "sampled"])
    log(line.home, "home_inspections.evaluation_city", user=by, data={"score": str(score)}, timestamp=now)
    return line


def differing(evaluation: Evaluation, *, limit: Decimal):
    """Homes that the county and the city see differently beyond the limit."""
    found = _lines(evaluation).filter(city_score__isnull=False)
    found = found.annotate(delta=F("city_score") - F("county_score"))
    return found.filter(Q(delta__gt=limit) | Q(delta__lt=-limit))
