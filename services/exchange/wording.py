"""A job's faults and errors in the reader's language; jobs keep codes only."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from services.exchange import errors
from services.exchange.rules.systematic import Common
from services.foundation.sheets import Fault, SheetSpec, Wording

_SAME_FAULT = _("%(rows)s of %(total)s rows have the same fault in the column “%(column)s”: %(message)s")
_WRONG_COLUMN = Wording(
    _("The column “%(column)s” can't be used in %(rows)s of %(total)s rows."),
    _("Check that what stands below this heading belongs there, and upload the workbook again."),
)
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


def explain_common(spec: SheetSpec, common: Common, *, total: int, unit: str) -> tuple[str, str]:
    """What is wrong with the file as a whole, and what to do: said once instead of row by row."""
    slots = {"column": column_label(spec, common.column), "rows": common.rows, "total": total, "unit": unit}
    slots = common.context | slots
    wording = spec.whole_file.get(common.code) if common.code else _WRONG_COLUMN
    if wording is not None:
        return str(wording.message) % slots, str(wording.remedy) % slots
    told = explain(spec, 0, Fault(common.column, common.code, common.context))
    return str(_SAME_FAULT) % (slots | {"message": told.message}), told.remedy


def error_message(code: str, context: Mapping) -> str:
    """The sentence of a refusal by its code; a fault of the system has its own."""
    for kind in errors.WorkbookRefused.__subclasses__():
        if kind.code == code:
            return kind(**context).message(staff=True)
    return str(_("The system stopped with a fault. Nothing was written. Try again, or tell the administrator."))
