"""Reads of relief: files, applications, programmes; overlaps stand in a module of their own."""

from services.relief.queries.applications import (
    application_of,
    applications_of,
    applications_of_file,
    at_school,
    on_file,
    open_application,
    papers_of_programme,
    represented_by,
    students_of,
)
from services.relief.queries.awards import awards_listed
from services.relief.queries.files import (
    SERVICE,
    contact_of,
    contact_of_any,
    files_listed,
    last_file,
    live_file,
    open_cases_of,
    return_visits_due,
    taken_elsewhere,
)
from services.relief.queries.pages import case_page, page_for_her
from services.relief.queries.programmes import (
    filing_for,
    line_for,
    programme_choices,
    programme_for,
    programme_names,
    programmes_for,
    test_for,
)

__all__ = [
    "SERVICE",
    "application_of",
    "applications_of",
    "applications_of_file",
    "at_school",
    "awards_listed",
    "case_page",
    "contact_of",
    "contact_of_any",
    "files_listed",
    "filing_for",
    "last_file",
    "line_for",
    "live_file",
    "on_file",
    "open_application",
    "open_cases_of",
    "page_for_her",
    "papers_of_programme",
    "programme_choices",
    "programme_for",
    "programme_names",
    "programmes_for",
    "represented_by",
    "return_visits_due",
    "students_of",
    "taken_elsewhere",
    "test_for",
]
