"""What leaves as a workbook: sign-ups with their answers, and hours of training by woman and year."""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.foundation import clock, masking
from services.foundation.desk_filters import described, year_named
from services.foundation.exports import ExportColumn, Found, ListExport, Subject, in_groups
from services.foundation.references import human_number
from services.organizations.enums import ROSTER_WRITERS
from services.signups import policies, queries, wording
from services.signups.forms.filters import HoursFilterSet, SignupFilterSet
from services.signups.models import Answers, Question
from services.signups.queries.hours import trained_for
from services.signups.queries.signups import EXPORTED

_NUMBER = ExportColumn(gettext_lazy("Number"), gettext_lazy("Of the sign-up, as it is read out on the telephone."))
_NAME = ExportColumn(pgettext_lazy("person", "Name"), gettext_lazy("Of the woman."), protected=True)
_UNION = ExportColumn(gettext_lazy("Union"), gettext_lazy("Where she is registered now."))
_POST = ExportColumn(gettext_lazy("Post"), gettext_lazy("As the roster says."))


def _names(opened: bool):
    return (lambda name: name) if opened else masking.mask_name


def signup_filters(user, parameters: QueryDict) -> SignupFilterSet:
    """The filters of the list as its address states them, without a request."""
    return SignupFilterSet(parameters, request=SimpleNamespace(user=user))


def signups_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows; in clear, only women whose records she may open."""
    rows = queries.bookings_for(user, roles=ROSTER_WRITERS if opened else None)
    filters = signup_filters(user, parameters)
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    told = found.order_by("-pk").select_related(None).defer(None).values_list(*EXPORTED)
    return Found(told, described(filters))


def signup_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    name_of = _names(opened)
    for group in in_groups(rows):
        said = _answers_of(group)
        for row in group:
            key, made, letters, name, phone, union, post, title, place, starts, state, activity, worker, _path = row
            told = phone if opened else masking.mask_phone(phone)
            yield [
                human_number(letters, made.year, key),
                name_of(name),
                told if phone else "",
                union,
                post,
                title,
                place,
                f"{timezone.localtime(starts):%Y-%m-%d %H:%M}",
                str(wording.STATES[state]),
                said.get((activity, worker), ""),
            ]


def _answers_of(group: list[tuple]) -> dict[tuple[int, int], str]:
    """Question and answer in one cell, by activity and woman. Two queries a group."""
    activities, workers = {row[-3] for row in group}, {row[-2] for row in group}
    questions: dict[int, list[Question]] = {}
    for question in Question.objects.filter(activity__in=activities):
        questions.setdefault(question.activity_id, []).append(question)
    rows = Answers.objects.unscoped().filter(activity__in=activities, worker__in=workers)
    return {
        (row.activity_id, row.worker_id): _("; ").join(
            f"{question.words}: {wording.answer(question, row.values)}"
            for question in questions.get(row.activity_id, ())
            if question.token in row.values
        )
        for row in rows
    }


SIGNUPS = ListExport(
    code="signups",
    title=gettext_lazy("Sign-ups for activities"),
    columns=(
        _NUMBER,
        _NAME,
        ExportColumn(gettext_lazy("Mobile number"), gettext_lazy("Hers, as text."), protected=True),
        _UNION,
        _POST,
        ExportColumn(pgettext_lazy("signups", "Activity"), gettext_lazy("For which she signed up.")),
        ExportColumn(pgettext_lazy("signups", "Place"), gettext_lazy("Where the session is held.")),
        ExportColumn(gettext_lazy("Session"), gettext_lazy("Day and time at which it begins.")),
        ExportColumn(gettext_lazy("State"), gettext_lazy("Of the sign-up, at the time of the data.")),
        ExportColumn(gettext_lazy("Answers"), gettext_lazy("Each question with what she answered.")),
    ),
    may=policies.may_enter_desk,
    may_open=policies.may_open_names,
    find=signups_found,
    lines=signup_lines,
    subject=lambda row: Subject(row[-2], row[-1]),
    subject_type="workers.worker",
    address=lambda: reverse("signups_desk:signups"),
)


def hours_found(user, parameters: QueryDict, opened: bool) -> Found:
    """Of the year the address names, else of this one."""
    year = year_named(parameters.get("year", "")) or clock.today().year
    rows = trained_for(user, year, roles=ROSTER_WRITERS if opened else None)
    filters = HoursFilterSet(parameters, request=SimpleNamespace(user=user))
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    told = found.order_by("-pk").select_related(None).defer(None)
    columns = ("name", "organization__name", "position", "trainings", "hours", "pk", "organization__path")
    return Found(told.values_list(*columns), {str(_("Year")): str(year)} | described(filters))


def hours_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    name_of = _names(opened)
    for name, union, post, trainings, hours, _worker, _path in rows:
        yield [name_of(name), union, post, trainings, hours]


HOURS = ListExport(
    code="training-hours",
    title=gettext_lazy("Hours of training"),
    columns=(
        _NAME,
        _UNION,
        _POST,
        ExportColumn(gettext_lazy("Trainings"), gettext_lazy("Attended in the year.")),
        ExportColumn(pgettext_lazy("activity", "Hours"), gettext_lazy("Hours of training together, in the year.")),
    ),
    may=policies.may_enter_desk,
    may_open=policies.may_open_names,
    find=hours_found,
    lines=hours_lines,
    subject=lambda row: Subject(row[-2], row[-1]),
    subject_type="workers.worker",
    address=lambda: reverse("signups_desk:hours"),
)
LISTS = (SIGNUPS, HOURS)
