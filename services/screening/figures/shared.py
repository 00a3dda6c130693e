"""What every count of screening is made of: its columns, and the two ways all of them can be split."""

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from services.figures.facts import text
from services.figures.registry import Dimension
from services.screening.enums import ProgrammeKind
from services.screening.models import Programme

AT_PROGRAMME = "offering__screening_programme"
BY_PROGRAMME = ("programme", "kind")


def of_programme(at: str = AT_PROGRAMME) -> dict:
    return {
        "period": text(F(f"{at}__year")),
        "by_programme": text(F(f"{at}__code")),
        "by_kind": text(F(f"{at}__kind")),
    }


def _programme_names(keys: Iterable[str]) -> dict[str, str]:
    return dict(Programme.objects.filter(code__in=list(keys)).values_list("code", "title"))


def _kind_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(kind): str(kind.label) for kind in ProgrammeKind}


PROGRAMME = Dimension("programme", _("Programme"), _programme_names)
KIND = Dimension("kind", _("Kind of programme"), _kind_names, keys=tuple(ProgrammeKind.values))
