"""What the equipment tells the homes, through their registry: facts, a panel, tasks of failed criteria, obstacles.

Facts of a home, none of them for a line that doesn't apply to its profile (not applicable is not nought):

- ``equipment_E01`` …: True, False, or left out; with ``_required``, ``_held`` and ``_gap`` in pieces beside each.
- ``equipment_complete``: True, False, None (no list in force); ``equipment_gap``: lines that are open.
- ``equipment_open_tasks``: repair tasks whose evidence isn't accepted yet.
- ``equipment_last_count``: the day of the last approved stock-taking, or None.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.childrens_homes.models import Home
from services.childrens_homes.registry import Fact, Panel
from services.foundation import clock
from services.foundation.verdict import Outcome
from services.home_equipment import policies, wording
from services.home_equipment.enums import TakeState
from services.home_equipment.models import StockTake
from services.home_equipment.queries.register import held_by_code, held_by_code_on, waiting_for_issue
from services.home_equipment.queries.standards import asked_of, in_force
from services.home_equipment.queries.tasks import open_tasks
from services.home_equipment.rules.standard import judge_all, whole

_VERDICT = {Outcome.PASSED: True, Outcome.FAILED: False, Outcome.UNKNOWN: None}


def findings_of(homes: Sequence[Home], on: date) -> dict[int, list]:
    """Every line of the standard that applies, judged, by home: three queries."""
    standards = in_force({home.programme_id for home in homes})
    keys = [home.pk for home in homes]
    held = held_by_code(keys) if on >= clock.today() else held_by_code_on(keys, on)
    lists = {key: asked_of(one) for key, one in standards.items()}
    return {
        home.pk: judge_all(lists.get((home.programme_id, home.profile), ()), held.get(home.pk, {})) for home in homes
    }


def facts(homes: Sequence[Home], on: date) -> dict[int, list[Fact]]:
    found = findings_of(homes, on)
    tasks = open_tasks(home.pk for home in homes)
    counted = _last_counts(homes, on)
    return {home.pk: _facts(found[home.pk], tasks.get(home.pk, []), counted.get(home.pk)) for home in homes}


def _facts(findings: list, tasks: list, counted) -> list[Fact]:
    register = _("The register of state assets")
    said = []
    for one in findings:
        words = wording.explain(one)
        said.append(Fact(one.code, _VERDICT[one.outcome], words))
        said += [Fact(f"{one.code}_{name}", one.figures[name], words) for name in ("required", "held", "gap")]
    complete = whole(findings)
    said.append(Fact("equipment_complete", _VERDICT[complete.outcome], wording.explain(complete)))
    said.append(Fact("equipment_gap", complete.figures["open"] if findings else None, wording.explain(complete)))
    words = "; ".join(f"{task.criterion}: {task.words}" for task in tasks)
    said.append(Fact("equipment_open_tasks", len(tasks), words or register))
    day = localdate(counted) if counted else None
    return [*said, Fact("equipment_last_count", day, register)]


def _last_counts(homes: Sequence[Home], on: date) -> dict:
    rows = StockTake.objects.unscoped().filter(
        home__in=[home.pk for home in homes], state=TakeState.APPROVED, counted_at__date__lte=on
    )
    return dict(rows.order_by().values_list("home").annotate(last=Max("counted_at")))


def panel(home: Home, user) -> Panel | None:
    """On the home's page: is it complete, what waits, what inspectors left open."""
    if not policies.may_enter(user):
        return None
    findings = findings_of([home], clock.today())[home.pk]
    lines = [(_("Against the standard"), wording.explain(whole(findings)))]
    waiting = waiting_for_issue(home).count()
    if waiting:
        words = ngettext("%(count)s item in the county's store", "%(count)s items in the county's store", waiting)
        lines.append((_("Waits to be issued"), words % {"count": waiting}))
    tasks = open_tasks([home.pk]).get(home.pk, [])
    if tasks:
        words = ngettext("%(count)s repair task", "%(count)s repair tasks", len(tasks))
        lines.append((_("Left open by an inspection"), words % {"count": len(tasks)}))
    return Panel(_("Equipment"), lines, reverse("home_equipment_desk:home", args=[home.code]))


def obstacles(home: Home, verb: str) -> list[str]:
    """A home isn't declared equipped while its standard isn't fulfilled."""
    if verb != "declare_equipped":
        return []
    complete = whole(findings_of([home], clock.today())[home.pk])
    return [] if complete.outcome is Outcome.PASSED else [wording.explain(complete)]
