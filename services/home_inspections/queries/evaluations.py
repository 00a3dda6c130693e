"""Reads of evaluations and of notices about homes."""

from collections import Counter

from django.db.models import QuerySet

from services.home_inspections.enums import EvaluationState, Grade, RecognitionState
from services.home_inspections.models import Evaluation, EvaluationLine, Recognition
from services.home_inspections.queries.rubrics import city_paths
from services.home_inspections.rules.comparing import ranks

# Places are shown among at least so many homes: below that a place tells on one of them.
RANKED_FROM = 5
PUBLIC_GRADES = (EvaluationState.PUBLICISED, EvaluationState.CLOSED)


def evaluations_for(user) -> QuerySet[Evaluation]:
    found = Evaluation.objects.unscoped().filter(programme__city__path__in=city_paths(user))
    return found.select_related("programme__city")


def lines_for(user, evaluation: Evaluation) -> list[EvaluationLine]:
    found = EvaluationLine.objects.visible_to(user).filter(evaluation=evaluation)
    return list(found.select_related("home__host", "home__county").order_by("home__code"))


def places(lines: list[EvaluationLine]) -> dict[int, int]:
    """By home, ties share one; none among few homes."""
    return ranks({one.home_id: one.counts for one in lines if one.counts is not None}, least=RANKED_FROM)


def grades_of(lines: list[EvaluationLine]) -> list[tuple[str, int]]:
    counted = Counter(one.grade for one in lines if one.grade)
    return [(label, counted[code]) for code, label in Grade.choices] if counted else []


def all_notices_for(user) -> QuerySet[Recognition]:
    found = Recognition.objects.visible_to(user)
    return found.select_related("home__host", "evaluation__programme__city", "proposed_by", "reviewed_by")


def notices_for(user, evaluation: Evaluation) -> list[Recognition]:
    return list(all_notices_for(user).filter(evaluation=evaluation))


def published_evaluation(token: str) -> Evaluation | None:
    found = Evaluation.objects.unscoped().filter(token=token, state__in=PUBLIC_GRADES)
    return found.select_related("programme__city").first()


def published_grades(evaluation: Evaluation) -> QuerySet:
    """What everybody may read: home, county, grade. No score leaves with it."""
    found = EvaluationLine.objects.unscoped().filter(evaluation=evaluation).order_by("home__code")
    return found.values("home__code", "home__host__name", "home__county__name", "grade")


def published_notices(evaluation: Evaluation) -> QuerySet[Recognition]:
    """On notice or issued."""
    found = Recognition.objects.unscoped().filter(
        evaluation=evaluation, state__in=[RecognitionState.PUBLIC, RecognitionState.OBJECTION, RecognitionState.ISSUED]
    )
    return found.select_related("home__host").order_by("kind", "home__code")
