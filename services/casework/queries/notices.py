"""Reads of public notices: the cases that wait for one, its lines drawn anew, what everybody may see today."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Count, F, Min, QuerySet
from django.utils.translation import override

from services.casework.enums import WAITING_ON_HER, NoticeState, Stage, StepKind
from services.casework.models import Case, NoticeLine, PublicNotice
from services.casework.queries.worklist import handler_paths
from services.casework.registry import services
from services.casework.rules import notice as rules
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths, names_of
from services.workers.queries import women_named_like

# A line is seen as long as its case stands on the notice; one that was withdrawn or refused is gone at once.
SEEN = (Stage.NOTICE, Stage.OBJECTION)


def waiting_for_notice(user) -> QuerySet[Case]:
    """Cases at her own desks whose present step is a public notice, those that wait longest first."""
    here = Case.objects.visible_to(user).filter(desk_path__in=handler_paths(user), stage=Stage.IN_REVIEW)
    found = here.filter(route__steps__position=F("position"), route__steps__kind=StepKind.PUBLIC_NOTICE)
    return found.order_by("stage_since", "pk")


def waiting_by_desk(user) -> list[dict]:
    """For each of her desks and each service: how many cases wait for a notice, and since when. One query."""
    rows = waiting_for_notice(user).order_by().values("desk__code", "desk__name", "service")
    return list(rows.annotate(cases=Count("pk"), since=Min("stage_since")).order_by("since"))


def drawn_lines(organization: Organization, service: str, cases: Sequence[Case]) -> list[rules.Line]:
    """What a notice of these cases would show if it were published now, in the installation's language.

    Four queries, and those of the service. Of the applicants, names and places are read; of the other women within
    the publisher's reach, the names that begin like theirs, to learn how many would look the same.
    """
    entries = _entries(organization.path, service, cases)
    return rules.draw(entries, k=settings.NOTICE_SMALLEST_GROUP, population=_population(organization.path, entries))


def _entries(publisher: str, service: str, cases: Sequence[Case]) -> list[rules.Entry]:
    names = dict(
        Case.objects.unscoped().filter(pk__in=[case.pk for case in cases]).values_list("pk", "worker__name").order_by()
    )
    places = _places_shown({case.path for case in cases}, publisher)
    with override(settings.LANGUAGE_CODE):
        fields = services[service].notice_fields(list(cases))
    return [
        rules.Entry(
            key=case.pk,
            name=names[case.pk],
            places=places[case.path],
            shown={code: str(value) for code, value in fields.get(case.pk, {}).items()},
            tie=case.token,
        )
        for case in cases
    ]


def _places_shown(unions: Iterable[str], publisher: str) -> dict[str, tuple[str, ...]]:
    """For each union's path the names of the places that a line may show: from the union up to the one just below the
    publisher. One query."""
    above = {path: ancestor_paths(path) for path in unions}
    known = names_of({path for paths in above.values() for path in paths})
    return {
        union: tuple(known[path] for path in reversed(paths) if _between(path, publisher, known))
        for union, paths in above.items()
    }


def _population(publisher: str, entries: Sequence[rules.Entry]) -> Mapping[tuple[str, str], int]:
    """How many women at work within the publisher's reach have each mask, by the places that may be shown. Two
    queries."""
    masks = {rules.public_name(entry.name) for entry in entries}
    women = list(women_named_like(publisher, {entry.name[:1] for entry in entries}))
    places = _places_shown({union for _name, union in women}, publisher)
    return rules.count_masks(((name, (*places[union], "")) for name, union in women), masks)


def _between(path: str, publisher: str, known) -> bool:
    return path in known and path.startswith(publisher) and path != publisher


def standing_notices(today: date) -> QuerySet[PublicNotice]:
    """What everybody may see on this day, the newest first."""
    standing = PublicNotice.objects.unscoped().filter(
        state=NoticeState.STANDING, begins_on__lte=today, ends_on__gte=today
    )
    return standing.select_related("organization").order_by("-published_at", "-pk")


def notice_named(token: str) -> PublicNotice | None:
    """Whatever became of it."""
    return PublicNotice.objects.unscoped().filter(token=token).select_related("organization").first()


def lines_seen(notice: PublicNotice) -> QuerySet[NoticeLine]:
    """The lines of a notice whose cases still stand on it; nothing of the applicants is read."""
    seen = NoticeLine.objects.filter(notice=notice, case__stage__in=SEEN).order_by("position")
    return seen.only("notice", "number", "position", "masked_name", "unit", "shown")


def as_shown(lines: QuerySet[NoticeLine]) -> QuerySet:
    """The columns of a public page, as plain rows: of a long notice only these are made."""
    return lines.values_list("number", "position", "masked_name", "unit", "shown", named=True)


def line_of(case: Case) -> NoticeLine | None:
    """The line of a case on its latest notice."""
    lines = NoticeLine.objects.filter(case=case).select_related("notice__organization")
    return lines.order_by("-notice__published_at", "-pk").first()


def notices_for(user) -> QuerySet[PublicNotice]:
    """Notices within a staff member's reach, with their lines counted."""
    found = PublicNotice.objects.visible_to(user).select_related("organization")
    return found.annotate(line_count=Count("lines")).order_by("-published_at", "-pk")


def left_on_a_notice() -> QuerySet[Case]:
    """Cases that still stand on a notice which is over."""
    return (
        Case.objects.unscoped()
        .filter(stage=Stage.NOTICE)
        .exclude(notice_lines__notice__state=NoticeState.STANDING)
        .order_by("pk")
    )


def has_notice_step(case: Case) -> bool:
    return case.route.steps.filter(kind=StepKind.PUBLIC_NOTICE).exists()


def may_see_line(case: Case) -> bool:
    """Whether there is something to show her of what is, or may become, public of her."""
    before = case.stage in WAITING_ON_HER | {Stage.IN_REVIEW}
    return case.stage in SEEN or (before and has_notice_step(case))


def most_shown(case: Case) -> rules.Line:
    """The most that a notice could show of this case: with many like her, nothing is left out. For her eyes."""
    (line,) = rules.draw(_entries("", case.service, [case]), k=1)
    return line
