"""What is counted of the standings of unions, as they stand. Organisations aren't people: nothing is protected.

Coverage of the unions that must have a committee and coverage of all unions are two statistics, each with a
denominator that has a name: a rate whose denominator can be chosen can be embellished.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import CharField, IntegerField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage.enums import Answer, Form, Required, SizeClass, TermStanding
from services.coverage.queries.unions import NO_INDUSTRY, UNSTATED_FORM, open_standings, with_kind_above
from services.figures.facts import facts_at, text
from services.figures.registry import NOW, Column, Count, Dimension, Statistic, Watch, Where
from services.organizations.enums import ROSTER_READERS, Branch, Kind

HAVING = (str(Form.COMMITTEE), str(Form.COMMISSIONER))
# Coverage is split in every way; how organisations are run, by industry alone.
_SPLITS, _RUN = ("industry", "size", "above"), ("industry",)
_ABOVE = tuple(str(kind) for kind in Kind if kind.branch == Branch.TRADE_UNION)


_KEYS = {"industry": "industry", "size": "size", "above": "kind_above"}


def _facts(splits: tuple[str, ...], **conditions):
    """Only what a count is split by is looked up: the kind above costs a second look at the tree."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = open_standings().filter(**conditions)
        return facts_at(
            with_kind_above(rows) if "above" in splits else rows,
            "organization",
            organizations,
            Value(1, IntegerField()),
            period=Value(NOW, CharField(max_length=40)),
            **{f"by_{split}": text(_KEYS[split]) for split in splits},
        )

    return facts


def _listing(**filters):
    """The address of exactly these unions."""

    def address(where: Where) -> str:
        parameters = {"union": where.organization.code} | filters
        if where.direct:
            parameters["direct"] = "1"
        if where.dimension:
            parameters[where.dimension] = where.key or NO_INDUSTRY
        return f"{reverse('coverage_view:unions')}?{urlencode(parameters, doseq=True)}"

    return address


def _listing_then(column: str):
    """The address of exactly the unions that a month end counted in this column."""

    def address(where: Where) -> str:
        parameters = {"day": where.day.isoformat(), "column": column, "union": where.organization.code}
        if where.direct:
            parameters["direct"] = "1"
        if where.dimension:
            parameters[where.dimension] = where.key or NO_INDUSTRY
        return f"{reverse('coverage_view:then')}?{urlencode(parameters)}"

    return address


_COUNTED: list[Count] = []


def _column(code: str, label, meaning, *, when: dict, filters: dict, splits=_SPLITS) -> Column:
    """A column with a count of its own; ``when`` are the conditions of the count, ``filters`` those of its list."""
    count = Count(f"coverage-{code}", _facts(splits, **when), splits, gathered=True)
    _COUNTED.append(count)
    return Column(code, label, meaning, (count.code,), _listing(**filters), listing_then=_listing_then(code))


def _both(code: str, label, meaning, *parts: Column, **filters) -> Column:
    """The sum of columns that exclude each other."""
    counts = tuple(one for part in parts for one in part.counts)
    return Column(code, label, meaning, counts, _listing(**filters), listing_then=_listing_then(code))


def _same(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names if name}


def _labels(choices):
    def labels(keys: Iterable[str]) -> dict[str, str]:
        return {str(one): str(one.label) for one in choices}

    return labels


_COMMITTEES = (str(SizeClass.SMALL), str(SizeClass.MEDIUM), str(SizeClass.LARGE))
INDUSTRY = Dimension("industry", _("Industry"), _same)
SIZE = Dimension("size", _("Size"), _labels(SizeClass), keys=tuple(map(str, SizeClass)))
SIZE_REQUIRED = Dimension("size", _("Size"), _labels(SizeClass), keys=_COMMITTEES)
ABOVE = Dimension("above", _("Kind of the union above"), _labels(Kind), keys=_ABOVE)

_MUST = {"required": str(Required.COMMITTEE)}
BUILT = _column(
    "required-built",
    _("Committee set up"),
    _("Of the unions that must have a women workers' committee, those that have one."),
    when=_MUST | {"built": Answer.YES},
    filters=_MUST | {"built": str(Answer.YES)},
)
LACKING = _column(
    "required-lacking",
    _("Committee missing"),
    _("Of the unions that must have a women workers' committee, those that say that they have none."),
    when=_MUST | {"built": Answer.NO},
    filters=_MUST | {"built": str(Answer.NO)},
)
UNREPORTED = _column(
    "required-unreported",
    _("Nothing reported"),
    _("Of the unions that must have a women workers' committee, those of which nothing is on record."),
    when=_MUST | {"built": Answer.UNKNOWN},
    filters=_MUST | {"built": str(Answer.UNKNOWN)},
)
REQUIRED = _both(
    "required",
    _("Must have a committee"),
    _("Open grassroots unions with so many women members that a committee is required."),
    *(BUILT, LACKING, UNREPORTED),
    **_MUST,
)
HAS = _column(
    "all-with",
    _("With a women workers' organisation"),
    _("Open grassroots unions that have a women workers' committee or a commissioner."),
    when={"form__in": HAVING},
    filters={"form": HAVING},
)
WITHOUT = _column(
    "all-without",
    _("Without one"),
    _("Open grassroots unions that say that they have neither a committee nor a commissioner."),
    when={"form": Form.NONE},
    filters={"form": str(Form.NONE)},
)
SILENT = _column(
    "all-unreported",
    _("Nothing reported"),
    _("Open grassroots unions of which nothing is on record."),
    when={"form": ""},
    filters={"form": UNSTATED_FORM},
)
ALL = _both("all", _("All unions"), _("Every open grassroots union, whatever its size."), HAS, WITHOUT, SILENT)
UNSTATED = _column(
    "unstated",
    _("Women members not stated"),
    _("Unions that haven't said how many women members they have: whether a committee is required isn't known."),
    when={"required": Required.UNKNOWN},
    filters={"required": str(Required.UNKNOWN)},
)


def _answers(field: str, yes, no, unknown) -> tuple[Column, Column, Column, Column]:
    """Yes, no, "not stated" and those who answered, among the unions that have a women workers' organisation."""
    having = {"form__in": HAVING}

    def one(answer: str, words) -> Column:
        when, filters = having | {field: answer}, {"form": HAVING, field: answer}
        return _column(f"{field.replace('_', '-')}-{answer}", *words, when=when, filters=filters, splits=_RUN)

    columns = one("yes", yes), one("no", no), one("unknown", unknown)
    answered = {"form": HAVING, field: ["yes", "no"]}
    told = _("Women workers' organisations of which it is known.")
    known = _both(f"{field.replace('_', '-')}-known", _("Known"), told, columns[0], columns[1], **answered)
    return (*columns, known)


TOGETHER, APART, UNDATED, DATED = _answers(
    "simultaneous",
    (_("Set up together"), _("Prepared, elected and approved at the same time as the union, within the days allowed.")),
    (_("Not together"), _("At least one of the three steps lay further from the union's than allowed.")),
    (_("Dates missing"), _("Organisations of which a date of their own or of the union is missing.")),
)
IN_STEP, OUT_OF_STEP, STEP_UNKNOWN, STEP_KNOWN = _answers(
    "in_step",
    (_("In step"), _("Their term ends with the term of the union's committee.")),
    (_("Out of step"), _("Their term ends on another day than that of the union's committee.")),
    (_("Terms not stated"), _("Organisations of which one of the two ends isn't on record.")),
)
QUALIFIED, UNQUALIFIED, HEAD_UNKNOWN, HEAD_KNOWN = _answers(
    "chair_qualified",
    (_("Qualified"), _("The head is chair or deputy chair of the union, or is treated as a deputy chair.")),
    (_("Not qualified"), _("The head holds no such post.")),
    (_("Post not stated"), _("Organisations without a head on record, or whose head's post isn't stated.")),
)
REACHED, NOT_REACHED, UNREVIEWED, REVIEWED = _answers(
    "standard",
    (_("Standard reached"), _("By the last review, under the checklist in force.")),
    (pgettext_lazy("standard", "Not reached"), _("Reviewed, and below the points that are needed.")),
    (_("Not reviewed"), _("Organisations without a review yet.")),
)


def _term(code: TermStanding, label, meaning) -> Column:
    when = {"form__in": HAVING, "term": code}
    filters = {"form": HAVING, "term": str(code)}
    return _column(f"term-{code}", label, meaning, when=when, filters=filters, splits=_RUN)


RUNNING = _term(TermStanding.RUNNING, pgettext_lazy("terms", "Running"), _("Terms that end later than soon."))
ENDING = _term(TermStanding.ENDING, pgettext_lazy("terms", "Ending soon"), _("Terms of which a reminder is due."))
OVERDUE = _term(TermStanding.OVERDUE, pgettext_lazy("terms", "Overdue"), _("The last day is past, and none followed."))
NO_TERM = _term(TermStanding.NONE, _("No term on record"), _("Organisations whose term isn't on record."))
ON_RECORD = _both(
    "terms",
    _("Terms on record"),
    _("Women workers' organisations whose term of office is on record."),
    *(RUNNING, ENDING, OVERDUE),
    form=HAVING,
    term=["running", "ending", "overdue"],
)


def _statistic(code, title, definition, numerator, denominator, *beside, splits=(INDUSTRY,), better=True) -> Statistic:
    return Statistic(
        code=f"coverage-{code}",
        title=title,
        definition=definition,
        numerator=numerator,
        denominator=denominator,
        beside=beside,
        dimensions=splits,
        roles=ROSTER_READERS,
        higher_is_better=better,
    )


STATISTICS = (
    _statistic(
        "required",
        _("Coverage of the unions that must have a committee"),
        _(
            "Grassroots unions with a women workers' committee, of those whose number of women members requires one. "
            "Those of which nothing is on record count among the required, and have a column; so have those that "
            "haven't stated their number of women members, which count on neither side."
        ),
        BUILT,
        REQUIRED,
        LACKING,
        UNREPORTED,
        UNSTATED,
        splits=(INDUSTRY, SIZE_REQUIRED, ABOVE),
    ),
    _statistic(
        "all",
        _("Coverage of all unions"),
        _("Grassroots unions with a women workers' committee or a commissioner, of all open grassroots unions."),
        HAS,
        ALL,
        WITHOUT,
        SILENT,
        UNSTATED,
        splits=(INDUSTRY, SIZE, ABOVE),
    ),
    _statistic(
        "together",
        _("Set up together with the union"),
        _(
            "The three simultaneities: organisations that were prepared, elected and approved together with their "
            "union, of those whose dates are known."
        ),
        TOGETHER,
        DATED,
        APART,
        UNDATED,
    ),
    _statistic(
        "overdue",
        _("Terms overdue"),
        _("Organisations whose term is past its last day without a re-election, of those whose term is on record."),
        OVERDUE,
        ON_RECORD,
        ENDING,
        RUNNING,
        NO_TERM,
        better=False,
    ),
    _statistic(
        "in-step",
        _("Terms in step with the union's"),
        _("Organisations whose term ends with that of the union's committee, of those of which both are on record."),
        IN_STEP,
        STEP_KNOWN,
        OUT_OF_STEP,
        STEP_UNKNOWN,
    ),
    _statistic(
        "chair",
        _("Heads qualified"),
        _(
            "Organisations whose head is (deputy) chair of the union or is treated as a deputy chair, of those whose "
            "head's post is stated."
        ),
        QUALIFIED,
        HEAD_KNOWN,
        UNQUALIFIED,
        HEAD_UNKNOWN,
    ),
    _statistic(
        "standard",
        _("Standard reached"),
        _("Organisations that reached the standard at their last review, of those that were reviewed."),
        REACHED,
        REVIEWED,
        NOT_REACHED,
        UNREVIEWED,
    ),
)
COUNTS = tuple(_COUNTED)

WATCHES = {
    "standing": Watch(
        "coverage_standing",
        "SELECT {row}.organization_id",
        (
            *("organization_id", "required", "form", "built", "simultaneous", "term", "in_step"),
            *("chair_qualified", "standard", "size", "industry"),
        ),
    ),
    # A union that closes counts no more; one whose name changes is shown by its new one.
    "union": Watch("organizations_organization", "SELECT {row}.id", ("closed_on", "name"), ("update",)),
    # Those directly below are split by the kind of what stands above them.
    "above": Watch(
        "organizations_organization",
        "SELECT o.id FROM organizations_organization o"
        " WHERE o.depth = {row}.depth + 1 AND substr(o.path, 1, length({row}.path)) = {row}.path",
        ("kind",),
        ("update",),
    ),
}
