"""The list of union organisations (工会组织) as a sheet: its columns with what upper apps add, and its importer."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from services.foundation.sheets import SheetSpec, sheets
from services.organizations.enums import TREE_KEEPERS
from services.organizations.importers.columns import COLUMNS
from services.organizations.importers.corrections import RETURNING, on_record
from services.organizations.importers.tree import TreeImporter
from services.organizations.registry import ListPart, list_parts
from services.organizations.wordings import ORGANIZATION_WORDINGS

__all__ = ["ORGANIZATIONS", "list_sheet", "register", "widen"]

ORGANIZATIONS = SheetSpec(
    code="organizations",
    title=_("List of union organisations"),
    columns=(*COLUMNS, *RETURNING),
    importer=TreeImporter,
    wordings=ORGANIZATION_WORDINGS,
    roles=TREE_KEEPERS,
    needs_unit=False,
    on_record=on_record,
    order=20,
    instructions=(
        _("One organisation a line. Each has a code of its own and the code of the organisation above it."),
        _("The order of the lines doesn't matter."),
        _("An organisation that exists already is found by its code; an empty cell erases nothing."),
    ),
)


def list_sheet() -> SheetSpec:
    """The list as it stands with everything upper apps have added to it."""
    parts = list(list_parts)
    return replace(
        ORGANIZATIONS,
        columns=(*COLUMNS, *(column for part in parts for column in part.columns), *RETURNING),
        wordings={**ORGANIZATION_WORDINGS, **{code: said for part in parts for code, said in part.wordings.items()}},
        instructions=(*ORGANIZATIONS.instructions, *(line for part in parts for line in part.instructions)),
    )


def register() -> None:
    sheets.register(ORGANIZATIONS.code, list_sheet())


def widen(part: ListPart) -> None:
    """Add a part to the list: its columns belong to the same sheet; one file, one preview, one account."""
    list_parts.register(part.code, part)
    if ORGANIZATIONS.code in sheets:
        sheets.replace(ORGANIZATIONS.code, list_sheet())
