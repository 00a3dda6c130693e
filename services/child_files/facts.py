"""What children's files tell of a home: counts alone. One query for any number of homes, and one for late reviews."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.child_files import policies
from services.child_files.enums import CURRENT, LISTED, UNCONSENTED, Answer, Ended, FileState, Purpose
from services.child_files.models import Child, ChildConsent
from services.child_files.rules.small import LEAST
from services.childrens_homes.models import Home
from services.childrens_homes.registry import Fact, Panel, PhotoStanding, home_facts, home_panels, photo_standings
from services.foundation import clock

SOURCE = gettext_lazy("Children's files")


def facts(homes: Sequence[Home], on: date) -> Mapping[int, list[Fact]]:
    """Enrolled children, complete files, agreed files, late reviews. Percentages are None where there is no file."""
    current = Q(state__in=CURRENT)
    rows = Child.objects.unscoped().filter(home__in=[home.pk for home in homes], state__in=LISTED).order_by()
    counted = rows.values("home").annotate(
        enrolled=Count("pk", filter=current),
        full=Count("pk", filter=current & Q(complete=True)),
        waiting=Count("pk", filter=Q(state__in=UNCONSENTED)),
        late=Count("pk", filter=Q(state=FileState.REVIEW_DUE) | Q(state=FileState.ACTIVE, review_due_on__lt=on)),
    )
    found = {row["home"]: row for row in counted}
    nothing = {"enrolled": 0, "full": 0, "waiting": 0, "late": 0}
    return {home.pk: _of(found.get(home.pk, nothing)) for home in homes}


def _of(row: Mapping[str, int]) -> list[Fact]:
    enrolled, asked = row["enrolled"], row["enrolled"] + row["waiting"]
    return [
        Fact("children_enrolled", enrolled, str(SOURCE)),
        Fact("files_complete_percent", _percent(row["full"], enrolled), str(SOURCE)),
        Fact("consent_percent", _percent(enrolled, asked), str(SOURCE)),
        Fact("reviews_overdue", row["late"], str(SOURCE)),
    ]


def _percent(part: int, whole: int) -> int | None:
    """Rounded down, so that only a whole is told as one."""
    return part * 100 // whole if whole else None


def panel(home: Home, user) -> Panel | None:
    """Counts only. Who may not list files reads nothing below five."""
    sees = bool(policies.may_list(user)) and Child.objects.visible_to(user).filter(home=home).exists()
    if not sees and not policies.may_read_figures(user):
        return None
    told = {fact.code: fact.value for fact in facts([home], clock.today())[home.pk]}
    enrolled = told["children_enrolled"]
    if not sees and enrolled < LEAST:
        return Panel(_("Children"), [(_("Children"), _("fewer than five: not shown"))])
    lines = [(_("Children"), str(enrolled))]
    for code, label in (("files_complete_percent", _("Files complete")), ("consent_percent", _("Guardian agreed"))):
        if told[code] is not None:
            lines.append((label, f"{told[code]} %"))
    if late := told["reviews_overdue"]:
        lines.append((_("Reviews"), ngettext("%(count)s overdue", "%(count)s overdue", late) % {"count": late}))
    url = f"{reverse('child_files_desk:list')}?home={home.code}" if sees else ""
    return Panel(_("Children"), lines, url)


def photos(home: Home) -> PhotoStanding:
    """Children looked after now without a yes to photos, and when a yes of this home was last taken back. Two
    queries."""
    agreed = ChildConsent.objects.unscoped().filter(
        child=OuterRef("pk"), purpose=Purpose.PHOTO_INSIDE, answer=Answer.GIVEN, ended_at__isnull=True
    )
    without = Child.objects.unscoped().filter(home=home, state__in=CURRENT).filter(~Exists(agreed)).count()
    gone = ChildConsent.objects.unscoped().filter(
        child__home=home,
        purpose__in=[Purpose.PHOTO_INSIDE, Purpose.HOME_SERVICE],
        answer=Answer.GIVEN,
        ended_because__in=[Ended.WITHDRAWN, Ended.INVALIDATED, Ended.EXPIRED],
    )
    return PhotoStanding(without, gone.aggregate(last=Max("ended_at"))["last"])


def register() -> None:
    home_facts.register("child_files", facts)
    home_panels.register("child_files", panel)
    photo_standings.register("child_files", photos)
