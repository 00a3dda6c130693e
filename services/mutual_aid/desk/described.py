"""A version in words: every figure as label and value, its ladder as a table. "Not known" is said, never left out."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from services.foundation.said import label, yuan
from services.foundation.yuan import plain
from services.mutual_aid.enums import DocumentKind, Exclusion, Grade, HospitalLevel, InSitu, Joined, Result, Treatment
from services.mutual_aid.forms.terms import SECTIONS
from services.mutual_aid.models import LadderLine, SchemeTerms
from services.mutual_aid.queries import routes_in_force
from services.workers.enums import EmploymentType

_MONEY = frozenset({"fee_per_share", "fee_upper", "fee_unit", "fee_herself", "sister_per_share"})
_LISTS = {"employment_types": EmploymentType, "exclusions": Exclusion}
_WORDS = frozenset({"source", "source_url", "remarks", "change_note"})
# Fields that may be empty without anything being unknown.
_MAY_BE_EMPTY = frozenset({"age_max", "addition_ends", "sister_per_share", "fee_upper", "fee_unit", "fee_herself"})

Line = tuple[str, str]


def described(version: SchemeTerms, routes: dict[str, str] | None = None) -> list[tuple[str, list[Line]]]:
    """By section (label, value) in the order of the form. ``routes``: names by code, where many are described."""
    routes = route_names() if routes is None else routes
    sections = [
        (str(heading), [(_field(name), _value(version, name, routes)) for name in names if name != "exclusions_known"])
        for heading, names in SECTIONS
    ]
    sections.append((_("Papers"), [(_("Papers"), _papers(version))]))
    sections.append((_("Diseases"), list(_diseases(version))))
    return sections


def flat(version: SchemeTerms, routes: dict[str, str]) -> dict[tuple[str, str], str]:
    """Everything a version says, ladder included, by section and label: what two versions are compared by."""
    said = {(heading, name): value for heading, lines in described(version, routes) for name, value in lines}
    for line in version.lines.all():
        shown = ladder_line(line)
        heading = _("Waiting ladder")
        said[heading, f"{shown['joined']}{_(', ')}{shown['grade']}{_(', ')}{shown['days']}"] = shown["gives"]
    return said


def route_names() -> dict[str, str]:
    return dict(routes_in_force().values_list("code", "name"))


def ladder_line(line: LadderLine) -> dict[str, str]:
    """A line of the ladder for the table."""
    grade = label(line.grade, Grade)
    return {
        "joined": label(line.joined, Joined),
        "grade": f"{grade}{_(': ')}{line.disease}" if line.disease else grade,
        "days": _days(line),
        "gives": _(", ").join(_gives(line)),
        "source": line.source,
    }


def _days(line: LadderLine) -> str:
    words = {"from": line.day_from, "to": line.day_to}
    if line.day_from is None:
        return _("days not known")
    return _("day %(from)s to %(to)s") % words if line.day_to is not None else _("from day %(from)s on") % words


def _gives(line: LadderLine) -> Iterator[str]:
    if line.result == Result.NOTHING:
        yield _("nothing")
    else:
        result = label(line.result, Result)
        amount = (
            _("not known") if line.per_share is None else _("%(sum)s yuan a share") % {"sum": _yuan(line.per_share)}
        )
        yield f"{result}{_(': ')}{amount}"
    if line.once:
        yield _("%(sum)s yuan once after a stay in hospital") % {"sum": _yuan(line.once)}
    if line.daily:
        words = {"sum": _yuan(line.daily), "days": line.daily_days}
        yield _("%(sum)s yuan for each of at most %(days)s days in hospital") % words
    if line.treatment != Treatment.NONE:
        treatment = label(line.treatment, Treatment) if line.treatment else _("treatment not known")
        yield _("only after: %(treatment)s") % {"treatment": treatment}
    if line.hospital_level:
        yield label(line.hospital_level, HospitalLevel)
    if line.ends_cover is None:
        yield _("whether the cover ends isn't known")
    elif line.ends_cover:
        yield _("ends the cover")


def _field(name: str) -> str:
    return str(SchemeTerms._meta.get_field(name).verbose_name)


def _value(version: SchemeTerms, name: str, routes: dict[str, str]) -> str:
    value = getattr(version, name)
    if name in _LISTS:
        if value is None:
            return _("not known")
        return _(", ").join(label(code, _LISTS[name]) for code in value) or _empty_list(name)
    if name == "fund":
        return str(value or _("not chosen"))
    if name == "route_code":
        return routes.get(value, _("not chosen"))
    if name in _WORDS:
        return value or "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return "—" if name in _MAY_BE_EMPTY else _("not known")
    if name in _MONEY:
        return _yuan(value)
    choices = dict(SchemeTerms._meta.get_field(name).flatchoices)
    return str(choices.get(value, format(value.normalize(), "f") if isinstance(value, Decimal) else value))


def _empty_list(name: str) -> str:
    return _("all") if name == "employment_types" else _("none")


def _yuan(value: Decimal) -> str:
    return yuan(plain(value))


def _papers(version: SchemeTerms) -> str:
    papers = []
    for one in version.documents:
        name = label(one["kind"], DocumentKind)
        papers.append(name if one.get("required") else _("%(paper)s (may be asked for)") % {"paper": name})
    return _("; ").join(papers) or _("not known")


def _diseases(version: SchemeTerms) -> Iterator[Line]:
    for one in version.diseases.all():
        primary = {True: _("primary cancer only"), False: _("spread cancer too"), None: _("primary or not: not known")}
        in_situ = label(one.in_situ, InSitu) if one.in_situ else _("not known")
        said = _("carcinoma in situ: %(what)s") % {"what": in_situ}
        yield one.name, f"{primary[one.primary_only]}{_('; ')}{said}"
    complete = {True: _("complete"), False: _("not complete"), None: _("not known")}
    yield _("The list"), complete[version.diseases_complete]
