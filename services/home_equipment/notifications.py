"""What this app says to whom. No child, no person and no price stands in it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.foundation import clock
from services.messaging.actions import Letter, notify_many
from services.messaging.registry import declare
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.organizations.queries import in_force

SENT = declare(
    "equipment-sent",
    _("To a home's teacher: a delivery is under way"),
    slots=("home", "number"),
    channels=(),
    zh=("有一批设备正在配送", "{home} 的配送单 {number} 已发出，请在收货时逐项核对并在系统中确认。"),
    en=("A delivery is under way", "Delivery {number} is on its way to {home}. Check it item by item when it comes."),
).key
DISCREPANCY = declare(
    "equipment-discrepancy",
    _("To the county: a delivery arrived with a discrepancy"),
    slots=("home", "number"),
    channels=(),
    zh=("收货有差异", "{home} 的配送单 {number} 实收与发出不符，请核实处理。"),
    en=(
        "A delivery differs",
        "What {home} received of delivery {number} differs from what was sent. Please settle it.",
    ),
).key
SCRAP = declare(
    "equipment-scrap",
    _("To the keeper of state assets: scrapping is asked for"),
    slots=("number",),
    channels=(),
    zh=("有资产申请报废", "资产 {number} 申请报废，请审批。"),
    en=("Scrapping is asked for", "Asset {number} is to be scrapped. Please decide."),
).key
TRANSFER = declare(
    "equipment-transfer",
    _("To both homes: items are to change hands"),
    slots=("giver", "taker"),
    channels=(),
    zh=("有资产需要调拨", "有资产拟从 {giver} 调拨到 {taker}，请双方分别确认交出和接收。"),
    en=("Items change hands", "Items go from {giver} to {taker}. Both sides confirm."),
).key


def _holders(roles: Sequence[str], organization_ids: Sequence[int]) -> dict[int, list]:
    """Who holds one of these posts at exactly these places today, by place."""
    rows = StaffAssignment.objects.filter(
        in_force(clock.today()), role__in=roles, organization__in=organization_ids, user__is_active=True
    ).select_related("user")
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.organization_id, []).append(row.user)
    return found


def tell_homes_of(orders: Sequence) -> None:
    teachers = _holders([Role.HOME_TEACHER], [order.home.host_id for order in orders])
    letters = [
        Letter(
            to=user,
            context={"home": order.home.host.name, "number": order.number},
            dedupe_key=f"{order.pk}-sent",
            link=reverse("home_equipment_desk:delivery", args=[order.token]),
        )
        for order in orders
        for user in teachers.get(order.home.host_id, ())
    ]
    _send(SENT, letters)


def tell_county_of(order) -> None:
    officers = _holders([Role.WF_OFFICER], [order.home.county_id]).get(order.home.county_id, ())
    link = reverse("home_equipment_desk:delivery", args=[order.token])
    words = {"home": order.home.host.name, "number": order.number}
    _send(DISCREPANCY, [Letter(to=one, context=words, dedupe_key=f"{order.pk}-differs", link=link) for one in officers])


def tell_finance_of(asset) -> None:
    keepers = _holders([Role.WF_FINANCE], [asset.custodian_id]).get(asset.custodian_id, ())
    link = reverse("home_equipment_desk:asset", args=[asset.token])
    about = f"{asset.pk}-{asset.last_number}"
    _send(SCRAP, [Letter(to=one, context={"number": asset.number}, dedupe_key=about, link=link) for one in keepers])


def tell_sides_of(transfer) -> None:
    hosts = [transfer.giver.host_id, transfer.taker.host_id]
    teachers = _holders([Role.HOME_TEACHER], hosts)
    link = reverse("home_equipment_desk:transfer", args=[transfer.token])
    words = {"giver": transfer.giver.host.name, "taker": transfer.taker.host.name}
    people = {user for users in teachers.values() for user in users}
    _send(TRANSFER, [Letter(to=one, context=words, dedupe_key=f"{transfer.pk}-asked", link=link) for one in people])


def _send(key: str, letters: list) -> None:
    if letters:
        notify_many(key, letters)
