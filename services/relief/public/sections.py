"""The task list: the parts that this programme asks, and how far each is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.casework.registry import Missing
from services.relief.case_service.missing import PAGES, PAPERS
from services.relief.enums import FileState, ProgrammeKind
from services.relief.models import Application
from services.relief.public.access import address
from services.relief.queries import at_school, students_of
from services.relief.rules import asking

DONE, WAITING, KNOWN, OPTIONAL = "done", "todo", "known", "optional"


@dataclass(frozen=True, slots=True)
class Section:
    """``state``: done, todo, known (from her file or the roster: to look through), optional."""

    code: str
    title: str
    state: str
    address: str
    line: str = ""


def sections_of(application: Application, missing: Iterable[Missing]) -> list[Section]:
    """In the order in which she is asked."""
    items = {one.item for one in missing}
    programme = application.programme
    found = [_you(application)]
    if asking.asks_household(programme):
        found.append(_people(application, items))
    if asking.rests_on_file(programme):
        found += [
            _of_file(application, "money", _("Money in and out"), "money" in items),
            _of_file(application, "causes", _("Why money is short"), "causes" in items),
            _of_file(application, "home", _("Home and insurance"), "particulars" in items),
        ]
    if asking.asks_event(programme):
        found.append(_event(application, items))
    if asking.asks_group(programme):
        state = WAITING if "group" in items else DONE
        found.append(Section("group", _("Your group"), state, address(application, "group")))
    if asking.needs_student(programme):
        state = WAITING if "student" in items else DONE
        found.append(Section("student", _("The child it is for"), state, address(application, "student")))
    found.append(_papers(application, items))
    if programme.kind != ProgrammeKind.FILING:
        state = WAITING if "account" in items else DONE
        found.append(Section("account", _("Bank account"), state, address(application, "account")))
    return found


def _you(application: Application) -> Section:
    household = application.household
    herself = next(one for one in household.members.all() if one.relation == "self")
    held = {**household.particulars, **herself.particulars}
    asked = asking.facts_of_herself(application.programme, held)
    is_open = any(must and not held.get(name) for name, must in asked.items())
    state = WAITING if is_open else DONE if asked and household.state == FileState.DRAFT else KNOWN
    return Section("you", _("About you"), state, address(application, "you"))


def _people(application: Application, items: set[str]) -> Section:
    others = [one for one in application.household.members.all() if one.relation != "self"]
    unsaid = any(not one.particulars.get("work") or not one.particulars.get("health") for one in others)
    if asking.rests_on_file(application.programme):
        is_open = "household" in items or ("members" in items and unsaid)
    else:
        is_open = not any(at_school(one) for one in students_of(application.household))
    return _of_file(application, "people", _("Your household"), is_open)


def _of_file(application: Application, code: str, title: str, is_open: bool) -> Section:
    known = application.household.state != FileState.DRAFT
    state = WAITING if is_open else KNOWN if known else DONE
    return Section(code, title, state, address(application, code))


def _event(application: Application, items: set[str]) -> Section:
    state = WAITING if items & {"event", "cost"} else DONE if application.answers else OPTIONAL
    return Section("event", pgettext("to her", "What happened"), state, address(application, "event"))


def _papers(application: Application, items: set[str]) -> Section:
    case = application.case
    there = case.documents.filter(removed_at__isnull=True).exists()
    state = WAITING if items - PAGES.keys() else DONE if there else OPTIONAL
    return Section("papers", _("Papers"), state, papers(application))


def papers(application: Application) -> str:
    return reverse(PAPERS, args=[application.case.token])
