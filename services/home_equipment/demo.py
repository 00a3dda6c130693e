"""Equipment of the demo's hundred homes: most have theirs for months, and a few dozen are in every state.

What came long ago is entered at once, with its history; whatever is under way now got there through the actions.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import F
from django.utils.functional import cached_property
from django.utils.timezone import make_aware

from services.childrens_homes.models import Home, Programme
from services.foundation.demo import DemoContext
from services.foundation.rows import store_objects
from services.home_equipment.actions import (
    counting,
    deliveries,
    mending,
    moving,
    numbers,
    standards,
    tasks,
    transferring,
)
from services.home_equipment.actions.registering import Thing, register
from services.home_equipment.enums import AssetState, Condition, DeliveryState, Source, TaskState
from services.home_equipment.models import (
    AssetEvent,
    AssetItem,
    DeliveryLine,
    DeliveryOrder,
    ProcurementBatch,
    RepairTask,
)
from services.home_equipment.rules.counting import Seen

SOURCE = "示例市农村留守儿童之家建设方案（设备配备部分）"
PRICES = {
    "E01": 3800,
    "E02": 2200,
    "E03": 350,
    "E04": 2600,
    "E05": 120,
    "E06": 15,
    "E07": 45,
    "E08": 420,
    "E09": 180,
    "E10": 45,
    "E11": 5200,
    "E12": 30,
    "E13": 800,
    "E14": 150,
}
# Of every so many homes one: its delivery is only ordered, on its way, to be verified, short, or was put right.
STATES = {3: "ordered", 7: "shipped", 11: "received", 15: "discrepancy", 19: "resolved"}
EVERY = 20
WITHOUT_FURNITURE = 9
CONDITIONS = (*(Condition.WORN,) * 4, Condition.DAMAGED, Condition.UNUSED)
NOT_AS_THEY_CAME = 0.15


def load(context: DemoContext) -> None:
    """Leaves ``home_equipment.batches``: what the province and the counties have brought."""
    programme = context.made["childrens_homes.programme"]
    keys = [home.pk for home in context.made["childrens_homes.homes"]]
    homes = list(
        Home.objects.unscoped().filter(pk__in=keys).select_related("host", "county", "programme").order_by("code")
    )
    scene = Scene(context, programme, homes)
    standards.load_lists(programme, source=SOURCE, by=scene.city_officer, today=scene.day(200))
    province = scene.order(Source.PROVINCIAL, homes, programme.city, "省级统一采购设备", ago=150)
    matched = [
        scene.order(Source.COUNTY_MATCH, some, county, "县区配套桌椅书架", ago=120)
        for county, some in scene.by_county().items()
        if any(home.profile == "school" for home in some)
    ]
    scene.bring([province, *matched])
    scene.stories()
    context.made["home_equipment.batches"] = [province, *matched]


class Scene:
    """Who acts, when, and the homes in the order of their codes."""

    def __init__(self, context: DemoContext, programme: Programme, homes: list[Home]):
        self.context, self.programme, self.homes = context, programme, homes
        staff = context.made["organizations.staff"]
        self.city_officer, self.county_officer = staff["wf-city"], staff["wf-county"]
        self.leader, self.finance, self.teacher = staff["wf-leader"], staff["wf-finance"], staff["teacher"]
        self.moments: dict[int, datetime] = {}
        self.first = next(home for home in homes if home.host.code == "FL-01-U01")
        self.nearby = [home for home in homes if home.county_id == self.first.county_id and home != self.first]

    @cached_property
    def today(self) -> date:
        return self.context.today

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def at(self, ago: int) -> datetime:
        if ago not in self.moments:
            self.moments[ago] = min(make_aware(datetime.combine(self.day(ago), time(10))), self.context.now)
        return self.moments[ago]

    def by_county(self) -> dict:
        found: dict = {}
        for home in self.homes:
            found.setdefault(home.county, []).append(home)
        return found

    def order(self, source: str, homes: list[Home], keeper, name: str, *, ago: int) -> ProcurementBatch:
        batch = deliveries.order_missing(
            self.programme,
            homes=homes,
            source=source,
            keeper=keeper,
            name=name,
            supplier="示例教育装备公司" if source == Source.PROVINCIAL else "示例家具厂",
            document=f"示例采〔{self.day(ago).year}〕{batch_number(source)}号",
            ordered_on=self.day(ago),
            due_on=self.day(ago - 75),
            by=None,
            now=self.at(ago),
        )
        rows = DeliveryLine.objects.filter(order__batch=batch)
        for code in set(rows.order_by().values_list("code", flat=True)):
            rows.filter(code=code).update(price=Decimal(PRICES[code]))
        return batch

    def bring(self, batches: list[ProcurementBatch]) -> None:
        """Whatever isn't under way came three months ago, complete, and is in use since."""
        place = {home.pk: number for number, home in enumerate(self.homes)}
        groups: dict[str, list[DeliveryOrder]] = {}
        for order in DeliveryOrder.objects.unscoped().filter(batch__in=batches).select_related("batch"):
            groups.setdefault(self._state_of(order, place[order.home_id]), []).append(order)
        rows = DeliveryOrder.objects.unscoped()
        for state, orders in groups.items():
            if state != "ordered":
                rows.filter(pk__in=[one.pk for one in orders]).update(
                    state=DeliveryState.SHIPPED, shipped_on=self.day(100)
                )
        self._short([*groups.get("discrepancy", ()), *groups.get("resolved", ())])
        settled = [*groups["verified"], *groups.get("resolved", ())]
        self._complete(settled + groups.get("received", []))
        rows.filter(pk__in=[one.pk for one in groups.get("received", ())]).update(state=DeliveryState.RECEIVED)
        rows.filter(pk__in=[one.pk for one in groups.get("discrepancy", ())]).update(state=DeliveryState.DISCREPANCY)
        rows.filter(pk__in=[one.pk for one in groups["verified"]]).update(
            state=DeliveryState.VERIFIED, settled_by=self.county_officer, settled_at=self.at(85)
        )
        rows.filter(pk__in=[one.pk for one in groups.get("resolved", ())]).update(
            state=DeliveryState.RESOLVED,
            resolution="供货方已补发并验收",
            settled_by=self.county_officer,
            settled_at=self.at(80),
        )
        self._into_use([one.pk for one in settled])

    def _state_of(self, order: DeliveryOrder, place: int) -> str:
        if order.home_id == self.first.pk:
            return "verified"
        if order.batch.source == Source.COUNTY_MATCH:
            return "ordered" if place % WITHOUT_FURNITURE == 4 else "verified"
        return STATES.get(place % EVERY, "verified")

    def _short(self, orders: list[DeliveryOrder]) -> None:
        """One of the first item came broken; of those that were put right it was sent once more."""
        short = DeliveryLine.objects.filter(order__in=orders, code__in=["E01", "E04"], order__home__profile="school")
        short.filter(code="E01").update(received=F("sent") - 1, reason="1台运输途中损坏")
        self._received(orders)

    def _complete(self, orders: list[DeliveryOrder]) -> None:
        DeliveryLine.objects.filter(order__in=orders).update(received=F("sent"), reason="")
        self._received(orders)

    def _received(self, orders: list[DeliveryOrder]) -> None:
        DeliveryLine.objects.filter(order__in=orders, received__isnull=True).update(received=F("sent"))
        found = DeliveryOrder.objects.unscoped().filter(pk__in=[one.pk for one in orders])
        found.update(state=DeliveryState.RECEIVED, received_on=self.day(90), changed_at=self.at(90))

    def _into_use(self, orders: list[int]) -> None:
        rows = DeliveryLine.objects.filter(order__in=orders).select_related(
            "order__batch", "order__home__host", "order__home__county"
        )
        made: dict = {}
        for line in rows:
            made.setdefault(line.order.home.county, []).extend(self._assets(line))
        everything = []
        for county, assets in made.items():
            given = numbers.take_numbers(numbers.ASSET, county, len(assets), now=self.at(85))
            for asset, number in zip(assets, given, strict=True):
                asset.number = number
            everything += assets
        store_objects(AssetItem, everything)
        keys = dict(AssetItem.objects.unscoped().values_list("number", "pk"))
        store_objects(AssetEvent, [event for asset in everything for event in self._events(asset, keys[asset.number])])

    def _assets(self, line: DeliveryLine) -> list[AssetItem]:
        home, dice = line.order.home, self.context.random
        pieces = [line.received] if line.by_lot else [1] * line.received
        return [
            self._looked_at(
                AssetItem(
                    code=line.code,
                    name=line.name,
                    kind=line.kind,
                    category=line.category,
                    unit=line.unit,
                    quantity=quantity,
                    custodian=home.county,
                    place=home.host,
                    home=home,
                    source=line.order.batch.source,
                    line=line,
                    value=line.price * quantity,
                    acquired_on=self.day(90),
                    state=AssetState.IN_USE,
                    state_since=self.day(78),
                    serial=f"SL{dice.randint(10**6, 10**7 - 1)}" if line.category == "electronics" else "",
                )
            )
            for quantity in pieces
        ]

    def _looked_at(self, asset: AssetItem) -> AssetItem:
        """Most are as they came; how the others were found stands in their history."""
        asset.condition, asset.condition_on, asset.last_number = Condition.GOOD, self.day(78), 3
        if self.context.random.random() < NOT_AS_THEY_CAME:
            asset.condition, asset.condition_on = (
                self.context.random.choice(CONDITIONS),
                self.day(self.context.random.randint(5, 77)),
            )
            asset.last_number = 4
        return asset

    def _events(self, asset: AssetItem, key: int) -> list[AssetEvent]:
        story = [
            (1, "register", 85, AssetState.IN_STOCK, None, Condition.GOOD),
            (2, "issue", 82, AssetState.ISSUED, asset.home_id, Condition.GOOD),
            (3, "confirm", 78, AssetState.IN_USE, asset.home_id, Condition.GOOD),
        ]
        if asset.last_number == 4:
            seen = (self.today - asset.condition_on).days
            story.append((4, "state_condition", seen, AssetState.IN_USE, asset.home_id, asset.condition))
        return [
            AssetEvent(
                asset_id=key,
                number=number,
                verb=verb,
                at=self.at(ago) + timedelta(minutes=number),
                by=self.county_officer,
                state=state,
                home_id=home,
                custodian_id=asset.custodian_id,
                condition=condition,
                quantity=asset.quantity,
                value=asset.value,
                serial=asset.serial,
            )
            for number, verb, ago, state, home, condition in story
        ]

    def stories(self) -> None:
        """In the first county, through the actions: what its officers, its finance and the teacher find to do."""
        self.settled = self._settled()
        self._gift_on_its_way()
        self._in_the_store()
        self._mending()
        self._counting()
        self._transferring()
        # What inspections leave to be done comes after them.
        self.context.at(self.context.now - timedelta(minutes=2), self._answering)

    def _answering(self) -> None:
        """Of the repair tasks some are answered, the others wait; those that inspectors saw done are closed."""
        rows = RepairTask.objects.unscoped().filter(state=TaskState.OPEN, home__county=self.first.county)
        for task in list(rows.select_related("home__host").order_by("pk"))[:2]:
            tasks.answer(task, words="已联系厂家补齐，附收货照片", by=self.city_officer, now=self.context.now)

    def _gift_on_its_way(self) -> None:
        """The teacher confirms it: she finds one item broken, if she likes."""
        wanted = [
            deliveries.Wanted("E06", "书刊、电子出版物", "books", "title", 40, by_lot=True, price=Decimal(18)),
            deliveries.Wanted("E02", "电视机", "electronics", "machine", 1, price=Decimal(2400)),
            deliveries.Wanted("X1", "书包", "toys", "piece", 30, by_lot=True, price=Decimal(60)),
        ]
        batch = deliveries.order_batch(
            self.programme,
            keeper=self.first.county,
            source=Source.DONATION,
            name="爱心企业捐赠",
            supplier="示例爱心企业",
            homes=[self.first],
            wanted={self.first.pk: wanted},
            ordered_on=self.day(12),
            due_on=self.context.today + timedelta(days=5),
            by=self.county_officer,
            now=self.at(12),
        )
        deliveries.ship(list(batch.orders.all()), on=self.day(3), by=self.county_officer, now=self.at(3))

    def _in_the_store(self) -> None:
        lamp = Thing("X2", "护眼台灯", "electronics", "machine", Source.COUNTY_MATCH, self.day(130), value=Decimal(90))
        old = Thing("E03", "DVD机", "electronics", "machine", Source.DONATION, self.day(400), value=Decimal(300))
        county, by = self.first.county, self.county_officer
        register(county, [lamp] * 3, by=by, now=self.at(110), reason="县级采购")
        meant = [Thing(**self._of(lamp), meant_for=home) for home in self.nearby[:2]]
        register(county, meant, by=by, now=self.at(6), reason="县级采购")
        issued = register(county, [Thing(**self._of(old), meant_for=self.first)], by=by, now=self.at(5), reason="捐赠")
        moving.move(issued, "issue", by=by, now=self.at(2))

    @staticmethod
    def _of(thing: Thing) -> dict:
        names = ("code", "name", "category", "unit", "source", "acquired_on", "value")
        return {name: getattr(thing, name) for name in names}

    def _some(self, home: Home, code: str, count: int = 1) -> list[AssetItem]:
        rows = AssetItem.objects.unscoped().filter(home=home, code=code, state=AssetState.IN_USE)
        return list(rows.select_related("custodian", "home__host", "home__county").order_by("number")[:count])

    def _mending(self) -> None:
        by, near = self.county_officer, self.settled
        [away] = self._some(self.first, "E01")
        mending.send_to_repair(
            away, fault="主机无法启动", on=self.day(9), repairer="示例电脑维修部", by=self.teacher, now=self.at(9)
        )
        [back] = self._some(near[0], "E02")
        mending.send_to_repair(back, fault="屏幕不亮", on=self.day(40), by=by, now=self.at(40))
        mending.bring_back(back, result="更换电源板", cost=Decimal(180), on=self.day(30), by=by, now=self.at(30))
        [lost] = self._some(near[1], "E08")
        moving.move([lost], "lose", reason="教室调整时未找到", by=by, now=self.at(25))
        for home, days in zip(near[:2], (4, 2), strict=True):
            [broken] = self._some(home, "E03")
            mending.ask_scrap(broken, reason="激光头老化，无维修价值", by=by, now=self.at(days))
        [gone] = self._some(near[2], "E03")
        mending.ask_scrap(gone, reason="雷击损坏，维修点出具证明", by=by, now=self.at(35))
        mending.decide_scrap(gone, approve=True, words="同意报废，残值上缴", by=self.finance, now=self.at(28))
        [kept] = self._some(near[3], "E03")
        mending.ask_scrap(kept, reason="使用率低", by=by, now=self.at(33))
        mending.decide_scrap(kept, approve=False, words="仍可使用，请调剂到其他学校", by=self.finance, now=self.at(27))

    def _settled(self) -> list[Home]:
        """Homes of the first county at which everything of the province's is in use."""
        with_player = AssetItem.objects.unscoped().filter(code="E03", state=AssetState.IN_USE, home__in=self.nearby)
        whole = set(with_player.values_list("home", flat=True))
        furnished = AssetItem.objects.unscoped().filter(code="E08", state=AssetState.IN_USE, home__in=whole)
        keys = set(furnished.values_list("home", flat=True))
        return [home for home in self.nearby if home.pk in keys]

    def _counting(self) -> None:
        near = self.settled
        self._count(near[2], ago=50, missing=1, approve=True)
        self._count(near[3], ago=3, missing=2, approve=False)
        self._count(near[0], ago=1, missing=0, approve=None)

    def _count(self, home: Home, *, ago: int, missing: int, approve: bool | None) -> None:
        by, now = self.county_officer, self.at(ago)
        take = counting.begin(home, by=None, now=now)
        lines = list(take.lines.select_related("asset"))
        seen = [Seen(line.asset.number, line.book, now) for line in lines[missing:]]
        counting.count(take, seen if approve is not None else seen[: len(seen) // 2], by=None, now=now)
        if approve is None:
            return
        reasons = {line.pk: "盘点时未见实物" for line in lines[:missing]}
        counting.hand_in(take, reasons=reasons, by=by, now=now)
        if approve:
            counting.approve(take, by=self.leader, now=self.at(ago - 1))

    def _transferring(self) -> None:
        near, by = self.settled, self.county_officer

        def ask(giver: Home, taker: Home, ago: int):
            return transferring.ask_transfer(
                giver, taker, assets=self._some(giver, "E10", 4), reason="余缺调剂", by=by, now=self.at(ago)
            )

        ask(self.first, near[0], 2)
        waiting = ask(near[1], self.first, 5)
        transferring.hand_over(waiting, by=by, now=self.at(4))
        done = ask(near[2], near[4], 30)
        transferring.hand_over(done, by=by, now=self.at(29))
        transferring.take_over(done, by=self.leader, now=self.at(28))
        off = ask(near[3], near[4], 20)
        transferring.call_off(off, because="接收学校自行解决", by=by, now=self.at(18))


def batch_number(source: str) -> int:
    return 12 if source == Source.PROVINCIAL else 7
