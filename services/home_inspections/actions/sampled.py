"""A draw for a yearly evaluation: the drawn homes are the sample that the city scores.

Which year it belongs to stands in the draw's sealed record, from its publication on.
"""

from collections.abc import Sequence

from django.db.models import QuerySet

from services.home_inspections import errors
from services.home_inspections.enums import NOT_GRADED, Outcome
from services.home_inspections.models import DrawItem, Evaluation, EvaluationLine, HomeDraw, Seal


def put_in_sample(draw: HomeDraw, items: Sequence[DrawItem]) -> int:
    """The drawn homes and those of the must-visit list, in the earliest evaluation that isn't graded yet. Gives its
    year. Raises ``NoEvaluation``."""
    running = Evaluation.objects.unscoped().select_for_update(of=("self",))
    evaluation = running.filter(programme=draw.programme, state__in=NOT_GRADED).order_by("year").first()
    if evaluation is None:
        raise errors.NoEvaluation()
    homes = {one.home_id for one in items} | set(draw.must_visit.values_list("home_id", flat=True))
    EvaluationLine.objects.unscoped().filter(evaluation=evaluation, home__in=homes).update(sampled=True)
    return evaluation.year


def lines_of(draw: HomeDraw) -> QuerySet[EvaluationLine]:
    year = Seal.objects.get(draw=draw, kind="published").payload["year"]
    return EvaluationLine.objects.unscoped().filter(evaluation__programme=draw.programme_id, evaluation__year=year)


def scored(draw: HomeDraw) -> QuerySet:
    """Homes that the city has looked at and scored."""
    return lines_of(draw).filter(city_score__isnull=False).values("home")


def take_out(item: DrawItem) -> None:
    """It can't be visited, so its score isn't waited for. Raises ``NoSuchStep`` where it has one."""
    line = lines_of(item.draw).select_for_update(of=("self",)).filter(home=item.home_id).first()
    if line is None:
        return
    if line.city_score is not None:
        raise errors.NoSuchStep(state=Outcome.VISITED.label)
    line.sampled = False
    line.save(update_fields=["sampled"])


def put_in(item: DrawItem) -> None:
    lines_of(item.draw).filter(home=item.home_id).update(sampled=True)
