"""Why a workbook is refused whole, or why a job can't go on: one class a reason, each with its remedy."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class TooManyUploads(Refused):
    """Context: ``limit`` an hour, ``minutes`` to wait."""

    code = "too_many_uploads"
    for_staff = _(
        "You have uploaded %(limit)s workbooks within this hour; more are not taken in. "
        "This one was not kept: please choose it again in %(minutes)s minutes."
    )


class WorkbookRefused(Refused):
    """The file as a whole can't be taken in; nothing was read into the database."""


class NotAWorkbook(WorkbookRefused):
    code = "not_xlsx"
    for_staff = _(
        "This is not an Excel workbook (.xlsx). Open it in Excel or WPS and save it as “Excel workbook (.xlsx)”."
    )


class OldFormat(WorkbookRefused):
    code = "old_format"
    for_staff = _(
        "This workbook is in another format (%(format)s). "
        "Open it in Excel or WPS and save it as “Excel workbook (.xlsx)”."
    )


class Encrypted(WorkbookRefused):
    code = "encrypted"
    for_staff = _("The workbook is protected by a password. Remove the password, save it, and upload it again.")


class MacroEnabled(WorkbookRefused):
    code = "macros"
    for_staff = _(
        "The workbook contains macros. Save it as “Excel workbook (.xlsx)” without macros and upload it again."
    )


class TooLarge(WorkbookRefused):
    code = "too_large"
    for_staff = _("The file is larger than %(limit)s MB. Split it into several files.")


class Bomb(WorkbookRefused):
    code = "zip_bomb"
    for_staff = _(
        "The file unpacks to far more than a workbook should. Copy the table into a new workbook and upload that."
    )


class ExternalLinks(WorkbookRefused):
    code = "external_links"
    for_staff = _(
        "The workbook takes data from other files. Paste the table as values into a new workbook and upload that."
    )


class EmbeddedFile(WorkbookRefused):
    code = "embedded_file"
    for_staff = _("Another file is embedded in the workbook. Delete it, or copy the table into a new workbook.")


class Broken(WorkbookRefused):
    code = "broken"
    for_staff = _("The workbook is damaged and can't be read. Open it in Excel or WPS, save it again, and upload it.")


class NoHeader(WorkbookRefused):
    code = "no_header"
    for_staff = _(
        "No line of headings was found in the first %(rows)s rows. "
        "The sheet needs a line with headings such as: %(headings)s."
    )


class MissingColumns(WorkbookRefused):
    code = "missing_columns"
    for_staff = _("Headings were found in row %(row)s, but these columns are missing: %(columns)s. Add them.")


class SeveralSheets(WorkbookRefused):
    code = "several_sheets"
    for_staff = _(
        "Several sheets of the workbook hold a table: %(sheets)s. "
        "Keep the one you want to import and delete or hide the others."
    )


class WrongVersion(WorkbookRefused):
    code = "wrong_version"
    for_staff = _(
        "The workbook was made from an old template (version %(found)s). Download the current one (%(current)s)."
    )


class SideBySide(WorkbookRefused):
    code = "side_by_side"
    for_staff = _(
        "The headings of row %(row)s stand twice side by side: %(columns)s. "
        "Move the right half below the left one, so that every person has a line of her own."
    )


class OtherOrder(WorkbookRefused):
    code = "other_order"
    for_staff = _(
        "Row %(row)s has headings again, and there the columns stand in another order than in row %(first)s. "
        "Bring both lists into one order, or load them as two files."
    )


class NoRows(WorkbookRefused):
    code = "no_rows"
    for_staff = _("Headings were found, but there is no filled row below them.")


class TooManyRows(WorkbookRefused):
    code = "too_many_rows"
    for_staff = _("The sheet has more than %(limit)s rows. Split it into several files.")


class FileGone(WorkbookRefused):
    code = "file_gone"
    for_staff = _("The uploaded file is no longer there. Upload it again.")


class UnitNeeded(Refused):
    code = "unit_needed"
    for_staff = _("Say which unit the sheet is imported for (--unit CODE).")


class UnknownUnit(Refused):
    code = "unknown_unit"
    for_staff = _("There is no unit with the code %(code)s.")


class RowsRefused(Refused):
    """All-or-nothing was asked for and some row is faulty: nothing was written."""

    code = "rows_refused"
    for_staff = _("Some rows need repair, so nothing was written.")


class JobOpen(Refused):
    """Another import of the same sheet for the same unit hasn't been finished; ``token`` leads to it."""

    code = "job_open"
    for_staff = _(
        "“%(file)s” is being imported for this unit already. Finish or discard that import before you start another."
    )


class NotReady(Refused):
    code = "not_ready"
    for_staff = _("The import is not at this step (any more). Look at its page for where it stands.")


class AnotherBegun(Refused):
    """The same was begun anew meanwhile; the database admits one."""

    code = "another_begun"
    for_staff = _("The same was begun anew meanwhile. Finish or discard that first.")


class ChangedMeanwhile(Refused):
    """Somebody wrote the same people at the same time; the job is planned again."""

    code = "changed_meanwhile"
    for_staff = _("The records were changed by somebody else at the same moment. Start the import once more.")


class TooManyExports(Refused):
    """Context: ``limit`` an hour, ``minutes`` to wait."""

    code = "too_many_exports"
    for_staff = _("You have made %(limit)s workbooks within this hour. Please try again in %(minutes)s minutes.")


class ExportsRunning(Refused):
    """Context: ``limit`` at one time."""

    code = "exports_running"
    for_staff = _("%(limit)s workbooks of yours are being made. Wait until one of them is ready.")


class TooMuchToExport(Refused):
    """Context: ``limit`` rows."""

    code = "too_much_to_export"
    for_staff = _("More than %(limit)s rows match. Narrow the list down: by programme, union, state or days.")


class ReasonNeeded(Refused):
    """Context: ``least`` characters."""

    code = "reason_needed"
    for_staff = _("Say what the values in clear are needed for, in at least %(least)s characters. They can read it.")


class TooMuchToCorrect(Refused):
    code = "too_much_to_correct"
    for_staff = _("More than %(limit)s rows lie below this unit. Choose a smaller one.")


class NothingToExport(Refused):
    code = "nothing_to_export"
    for_staff = _("There is nothing to export with these filters.")
