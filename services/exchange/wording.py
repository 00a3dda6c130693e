"""A job's faults and errors in the reader's language; jobs keep codes only."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from services.exchange import errors
from services.foundation.sheets import Fault, SheetSpec, Wording

_UNNAMED = Wording(_("The cell can't be used as it is."), _("Correct the cell."))


@dataclass(frozen=True, slots=True)
class Explained:
    """One fault as a clerk reads it."""

    row: int
    column: str
    shown: str
    message: str
    remedy: str


def column_label(spec: SheetSpec, key: str) -> str:
    column = spec.column(key)
    return str(column.label) if column else key


def explain(spec: SheetSpec, row: int, fault: Fault) -> Explained:
    wording = spec.wordings.get(fault.code, _UNNAMED)
    message, remedy = (
        str(text) % fault.context if fault.context else str(text) for text in (wording.message, wording.remedy)
    )
    return Explained(row, column_label(spec, fault.column), fault.shown, message, remedy)


def explain_stored(spec: SheetSpec, stored: Mapping) -> Explained:
    """A fault as a job keeps it."""
    fault = Fault(stored["column"], stored["code"], stored["context"], stored["shown"])
    return explain(spec, stored["row"], fault)


def error_message(code: str, context: Mapping) -> str:
    """The sentence of a refusal by its code; a fault of the system has its own."""
    for kind in errors.WorkbookRefused.__subclasses__():
        if kind.code == code:
            return kind(**context).message(staff=True)
    return str(_("The system stopped with a fault. Nothing was written. Try again, or tell the administrator."))
