"""What the figures machine counts of children's files, at the school of each home: codes and flags, no sealed value.

No statistic is made of these counts. They stand for the figures by county alone, which hide small numbers by a rule of
their own (``by_county``), so that no page, workbook or map of the figures shows a school with two children. Month ends
don't keep them either: what one child was like would outlast its file.
"""

from django.db.models import Case, CharField, IntegerField, Q, QuerySet, Value, When

from services.child_files.enums import CURRENT, LISTED, Answer
from services.child_files.models import FILLED, Child, ChildConsent, ProtectionConcern
from services.childrens_homes.enums import ALIVE
from services.figures.facts import facts_at, text
from services.figures.registry import NOW, Count, Watch

FILES, CHILDREN, FILLED_IN, AGREED, CONCERNS = CODES = (
    *("child-files", "child-files-current", "child-files-filled"),
    *("child-files-agreed", "child-files-concerns"),
)
# By which the counts above are split.
STATE, SEX, BAND, PROGRAMME, FIELD, PURPOSE = "state", "sex", "band", "programme", "field", "purpose"
FIELDS = (*FILLED, "complete")

_TEXT = CharField(max_length=40)
_CURRENT = [str(state) for state in CURRENT]


def _facts(rows: QuerySet, home: str, organizations: QuerySet | None, **splits) -> QuerySet:
    """``home``: the way from a row to its home. One row a fact; folding adds them up."""
    columns = {f"by_{code}": made for code, made in splits.items()}
    one, now = Value(1, IntegerField()), Value(NOW, _TEXT)
    return facts_at(rows, f"{home}__host", organizations, one, period=now, **columns)


def _files(organizations: QuerySet | None) -> QuerySet:
    rows = Child.objects.unscoped().filter(state__in=[str(state) for state in LISTED])
    return _facts(rows, "home", organizations, state=text("state"))


def _current() -> QuerySet:
    return Child.objects.unscoped().filter(state__in=_CURRENT)


def _children(organizations: QuerySet | None) -> QuerySet:
    """By programme those in homes that are neither reassigned nor closed."""
    alive = Q(home__state__in=[str(state) for state in ALIVE])
    programme = Case(When(alive, then=text("home__programme")), default=Value(""), output_field=_TEXT)
    splits = {SEX: text("sex"), BAND: text("age_band"), PROGRAMME: programme}
    return _facts(_current(), "home", organizations, **splits)


def _filled(organizations: QuerySet | None) -> QuerySet:
    """A row for each field that is filled in."""
    parts = [
        _facts(_current().filter(**{name: True}), "home", organizations, field=Value(name, _TEXT)) for name in FIELDS
    ]
    return parts[0].union(*parts[1:], all=True)


def _agreed(organizations: QuerySet | None) -> QuerySet:
    given = Q(answer=str(Answer.GIVEN), ended_at__isnull=True, child__state__in=_CURRENT)
    return _facts(ChildConsent.objects.unscoped().filter(given), "child__home", organizations, purpose=text("purpose"))


def _concerns(organizations: QuerySet | None) -> QuerySet:
    return _facts(ProtectionConcern.objects.all(), "child__home", organizations)


COUNTS = (
    Count(FILES, _files, (STATE,), kept=False),
    Count(CHILDREN, _children, (SEX, BAND, PROGRAMME), kept=False),
    Count(FILLED_IN, _filled, (FIELD,), kept=False),
    Count(AGREED, _agreed, (PURPOSE,), kept=False),
    Count(CONCERNS, _concerns, kept=False),
)

_OF_HOME = "SELECT h.host_id FROM childrens_homes_home h WHERE h.id = {row}.home_id"
_OF_CHILD = (
    "SELECT h.host_id FROM childrens_homes_home h JOIN child_files_child c ON c.home_id = h.id"
    " WHERE c.id = {row}.child_id"
)
WATCHES = {
    "child": Watch("child_files_child", _OF_HOME, ("home_id", "state", "sex", "age_band", *FIELDS)),
    "consent": Watch("child_files_childconsent", _OF_CHILD, ("child_id", "purpose", "answer", "ended_at")),
    "concern": Watch("child_files_protectionconcern", _OF_CHILD, ("child_id",)),
    "home": Watch("childrens_homes_home", "SELECT {row}.host_id", ("host_id", "programme_id", "state"), ("update",)),
}
