"""A file in words for the guardian: kinds, number of items, and the items themselves."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.child_files.enums import Trait
from services.child_files.models import Child, FileRead, Traits
from services.child_files.queries.consents import answers_of
from services.child_files.queries.files import guardians_of, papers_of
from services.organizations.queries import role_label

Item = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    items: list[Item]


def data_of(child: Child) -> list[Part]:
    """Everything that is stored about the child and its family, in the order in which she would ask for it. What was
    noted to protect the child isn't part of it."""
    parts = [
        Part(_("Your child"), _basics(child)),
        Part(_("Character"), _traits(child)),
        Part(
            _("Parents who are away"),
            [
                _filled(one, "parent", "works_at", "phone", "left_on", "returns_on", "contact")
                for one in child.absences.all()
            ],
        ),
        Part(_("Guardians"), [_guardian(link) for link in guardians_of(child)]),
        Part(
            _("Who looks after the child"),
            [
                _filled(one, "carer_name", "relation", "carer_phone", "carer_address", "starts_on", "ends_on")
                for one in child.delegations.all()
            ],
        ),
        Part(_("What the child said"), [_filled(one, "about", "said", "heard_on") for one in child.opinions.all()]),
        Part(
            _("Calls: only when and how long"),
            [_filled(one, "channel", "at", "minutes") for one in child.contacts.all()],
        ),
        Part(_("Growth record"), [_filled(one, "kind", "note", "noted_on") for one in child.growth.all()]),
        Part(_("School results"), [_filled(one, "year", "term", "subject", "band") for one in child.results.all()]),
        Part(_("Visits"), [_filled(one, "planned_on", "done_on", "findings") for one in child.visits.all()]),
        Part(_("Meetings"), [_filled(one, "planned_on", "done_on", "findings") for one in child.meetings.all()]),
        Part(_("Photos and papers"), [_filled(one, "kind", "added_at") for one in papers_of(child)]),
        Part(_("Your answers"), [_filled(one, "purpose", "answer", "given_at") for one in answers_of(child)]),
    ]
    return [part for part in parts if part.items]


def _basics(child: Child) -> list[Item]:
    found = _filled(child, "name", "sex", "birth_date", "school_class", "health_note", "id_number")
    return [found] if found else []


def _traits(child: Child) -> list[Item]:
    found = Traits.objects.unscoped().filter(child=child).first()
    if found is None:
        return []
    labels = dict(Trait.choices)
    words = pgettext("between items of a list", ", ").join(str(labels[code]) for code in found.codes if code in labels)
    return [[(_("Character"), words), *_filled(found, "note")]]


def _guardian(link) -> Item:
    return [*_filled(link.guardian, "name", "phone", "address"), *_filled(link, "relation", "basis")]


def _filled(row, *names: str) -> Item:
    """Label and value of each field that holds something; codes in words, moments in local time."""
    found = []
    for name in names:
        value = getattr(row, name)
        if value in (None, ""):
            continue
        field = row._meta.get_field(name)
        if field.choices:
            value = getattr(row, f"get_{name}_display")()
        elif hasattr(value, "tzinfo"):
            value = f"{localtime(value):%Y-%m-%d %H:%M}"
        found.append((str(field.verbose_name), str(value)))
    return found


def read_in_words(read: FileRead) -> dict:
    return {
        "at": read.at,
        "role": role_label(read.role),
        "purpose": read.get_purpose_display(),
        "emergency": read.emergency_id is not None,
        "approved": read.grant_id is not None,
        "released": read.release_id is not None,
        "photo": read.fields.startswith("paper:"),
    }


def recipients_in_words(codes: Iterable[str]) -> list[str]:
    labels = {
        "civil_affairs": _("Civil affairs"),
        "education": _("Education department"),
        "youth_league": _("Youth league"),
        "public": _("The public"),
    }
    return [labels.get(code, code) for code in codes]
