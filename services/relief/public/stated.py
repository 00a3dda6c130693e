"""What she stated, part by part, each line with the page on which it is changed. Numbers of people stay masked."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.casework.public.drafting import shown
from services.casework.queries.documents import documents_of
from services.payments.queries import current_account
from services.relief import wording
from services.relief.enums import ProgrammeKind
from services.relief.models import Application
from services.relief.public import parts
from services.relief.public.access import address
from services.relief.public.sections import papers
from services.relief.rules import asking
from services.relief.wording import household as words


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    address: str
    rows: list[tuple[str, str]] = field(default_factory=list)


def stated(application: Application) -> list[Part]:
    programme = application.programme
    found = [_you(application)]
    if asking.asks_household(programme):
        found.append(_people(application))
    if asking.rests_on_file(programme):
        found += [
            _money(application),
            _form(application, parts.Causes, "causes"),
            _form(application, parts.Home, "home"),
        ]
    if asking.asks_event(programme):
        found.append(_form(application, parts.Event, "event"))
    if asking.asks_group(programme):
        found.append(_form(application, parts.Group, "group"))
    if asking.needs_student(programme):
        found.append(_form(application, parts.Student, "student"))
    found.append(_papers(application))
    if programme.kind != ProgrammeKind.FILING:
        found.append(_account(application))
    return found


def _form(application: Application, page: type, name: str) -> Part:
    """The fields of a page as they are stored."""
    view = page()
    view.application = application
    return Part(str(page.title), address(application, name), shown(view.form(initial=view.stored())))


def _you(application: Application) -> Part:
    her = application.case.worker
    part = _form(application, parts.You, "you")
    known = [
        (pgettext("person", "Name"), her.masked_name),
        (_("Identity number"), her.masked_id_number),
        (_("Mobile number"), her.masked_phone),
        (_("Union"), str(her.organization)),
    ]
    return Part(part.title, part.address, [*known, *part.rows])


def _people(application: Application) -> Part:
    members = application.household.members.all()
    rows = [(words.whose(one), words.person(one) or _("nothing")) for one in members]
    if application.household.particulars.get("alone"):
        rows.append((_("Others"), _("Nobody: you live alone")))
    return Part(_("Your household"), address(application, "people"), rows)


def _money(application: Application) -> Part:
    found = application.household.money.select_related("member")
    rows = [(f"{what} · {whose}", much) for what, whose, much in map(words.line, found)]
    if application.household.particulars.get("no_income"):
        rows.insert(0, (_("What comes in"), _("Nothing")))
    return Part(_("Money in and out"), address(application, "money"), rows)


def _papers(application: Application) -> Part:
    rows = [(wording.review.document(one.kind), one.name) for one in documents_of(application.case)]
    return Part(_("Papers"), papers(application), rows)


def _account(application: Application) -> Part:
    account = current_account(application.case.worker)
    rows = [(account.bank, account.masked_number)] if account else []
    return Part(_("Bank account"), address(application, "account"), rows)
