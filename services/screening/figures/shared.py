"""What every count of screening is made of: its columns, and the two ways all of them can be split."""

from collections.abc import Iterable

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from services.figures.registry import Dimension
from services.screening.enums import ProgrammeKind
from services.screening.models import Programme

AT_PROGRAMME = "offering__screening_programme"
BY_PROGRAMME = ("programme", "kind")


def text(expression) -> Cast:
    return Cast(expression, CharField(max_length=40))


def of_programme(at: str = AT_PROGRAMME) -> dict:
    return {
        "period": text(F(f"{at}__year")),
        "by_programme": text(F(f"{at}__code")),
        "by_kind": text(F(f"{at}__kind")),
    }


def facts_at(rows: QuerySet, unit: str, organizations: QuerySet | None, amount, **columns) -> QuerySet:
    if organizations is not None:
        rows = rows.filter(**{f"{unit}__in": organizations})
    return rows.order_by().values(unit=F(unit), amount=amount, **columns)


def _programme_names(keys: Iterable[str]) -> dict[str, str]:
    return dict(Programme.objects.filter(code__in=list(keys)).values_list("code", "title"))


def _kind_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(kind): str(kind.label) for kind in ProgrammeKind}


PROGRAMME = Dimension("programme", _("Programme"), _programme_names)
KIND = Dimension("kind", _("Kind of programme"), _kind_names, keys=tuple(ProgrammeKind.values))
