"""What waits for somebody in the equipment of homes. Everything is derived by query; nothing is stored."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import ngettext

from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.home_equipment.enums import AssetState, DeliveryState, TakeState, TaskState, TransferState
from services.home_equipment.models import AssetItem, AssetTransfer, DeliveryOrder, RepairTask, StockTake
from services.organizations.enums import Role
from services.organizations.models import Organization

# After that a delivery that waits for the county is overdue.
LATE_VERIFICATION = timedelta(days=15)
_TEACHER = frozenset({Role.HOME_TEACHER})
_OFFICER = frozenset({Role.WF_OFFICER})
_FINANCE = frozenset({Role.WF_FINANCE})


def todos_for(user) -> list[Todo]:
    """Nine queries at most, and none for somebody without a post in it."""
    scope = scope_of(user)
    found: list[Todo] = []
    if teaches := scope.paths(roles=_TEACHER):
        found += _of_homes(teaches)
    counties = tuple(path for path in scope.paths(roles=_OFFICER) if len(path) <= 2 * Organization.steplen)
    if counties:
        found += _of_counties(counties)
    if finance := scope.paths(roles=_FINANCE):
        found += _of_finance(finance)
    return found


def _of_homes(paths: tuple[str, ...]) -> list[Todo]:
    today = clock.today()
    coming = _deliveries(paths, DeliveryState.SHIPPED)
    issued = _counted(AssetItem, "home__host__path", paths, Q(state=AssetState.ISSUED))
    tasks = _counted(RepairTask, "home__host__path", paths, Q(state=TaskState.OPEN))
    late = _counted(RepairTask, "home__host__path", paths, Q(state=TaskState.OPEN, due_on__lt=today))
    counting = _counted(StockTake, "home__host__path", paths, Q(state=TakeState.COUNTING))
    giving = _counted(AssetTransfer, "giver__host__path", paths, Q(state=TransferState.ASKED))
    taking = _counted(AssetTransfer, "taker__host__path", paths, Q(state=TransferState.HANDED_OVER))
    return [
        *_todo(
            coming["n"],
            ngettext(
                "%(count)s delivery is under way: confirm what comes",
                "%(count)s deliveries are under way: confirm what comes",
                coming["n"],
            ),
            "deliveries",
            "state=shipped",
        ),
        *_todo(
            issued,
            ngettext(
                "%(count)s item was issued: confirm its receipt", "%(count)s items were issued: confirm them", issued
            ),
            "register",
            "state=issued",
        ),
        *_todo(
            tasks,
            ngettext("%(count)s repair task is open", "%(count)s repair tasks are open", tasks),
            "tasks",
            "state=open",
            overdue=bool(late),
        ),
        *_todo(
            counting,
            ngettext(
                "%(count)s stock-taking is to be finished", "%(count)s stock-takings are to be finished", counting
            ),
            "takes",
            "state=counting",
        ),
        *_todo(
            giving,
            ngettext("%(count)s transfer waits: hand it over", "%(count)s transfers wait: hand them over", giving),
            "transfers",
            "state=asked",
        ),
        *_todo(
            taking,
            ngettext(
                "%(count)s transfer comes to you: confirm it", "%(count)s transfers come to you: confirm them", taking
            ),
            "transfers",
            "state=handed_over",
        ),
    ]


def _of_counties(paths: tuple[str, ...]) -> list[Todo]:
    differ = _deliveries(paths, DeliveryState.DISCREPANCY)
    came = _deliveries(paths, DeliveryState.RECEIVED)
    stored = _counted(AssetItem, "custodian__path", paths, Q(state=AssetState.IN_STOCK, meant_for__isnull=False))
    counted = _counted(StockTake, "home__host__path", paths, Q(state=TakeState.COUNTED))
    return [
        *_todo(
            differ["n"],
            ngettext(
                "%(count)s delivery differs from what was sent",
                "%(count)s deliveries differ from what was sent",
                differ["n"],
            ),
            "deliveries",
            "state=discrepancy",
            since=differ["since"],
            overdue=_is_late(differ["since"]),
        ),
        *_todo(
            came["n"],
            ngettext("%(count)s delivery is to be verified", "%(count)s deliveries are to be verified", came["n"]),
            "deliveries",
            "state=received",
            since=came["since"],
            overdue=_is_late(came["since"]),
        ),
        *_todo(
            stored,
            ngettext(
                "%(count)s item in the store is meant for a home: issue it",
                "%(count)s items in the store are meant for homes: issue them",
                stored,
            ),
            "register",
            "state=in_stock",
        ),
        *_todo(
            counted,
            ngettext("%(count)s stock-taking waits for approval", "%(count)s stock-takings wait for approval", counted),
            "takes",
            "state=counted",
        ),
    ]


def _of_finance(paths: tuple[str, ...]) -> list[Todo]:
    asked = _counted(AssetItem, "custodian__path", paths, Q(state=AssetState.SCRAP_REQUESTED))
    words = ngettext(
        "%(count)s item is to be scrapped: decide on it", "%(count)s items are to be scrapped: decide on them", asked
    )
    return _todo(asked, words, "register", "state=scrap_requested")


def _deliveries(paths: tuple[str, ...], state: str) -> dict:
    rows = DeliveryOrder.objects.own().filter(path_filter("home__host__path", paths), state=state)
    return rows.aggregate(n=Count("pk"), since=Min("changed_at"))


def _counted(model, lookup: str, paths: tuple[str, ...], condition: Q) -> int:
    return model.objects.own().filter(path_filter(lookup, paths), condition).count()


def _is_late(since) -> bool:
    return bool(since and since < clock.now() - LATE_VERIFICATION)


def _todo(count: int, text: str, page: str, query: str, *, since=None, overdue: bool = False) -> list[Todo]:
    if not count:
        return []
    url = f"{reverse(f'home_equipment_desk:{page}')}?{query}"
    return [Todo(text % {"count": count}, url, overdue=overdue, since=since)]
