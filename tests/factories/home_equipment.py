"""``Store()``: a city with its lists in force, two homes of one county and one of another, and who works with them."""

from datetime import date, timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image

from services.childrens_homes.models import Home
from services.home_equipment.actions import counting, deliveries, moving, registering, standards
from services.home_equipment.enums import Source
from services.home_equipment.models import AssetItem, DeliveryOrder
from services.home_equipment.rules.counting import Seen
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.factories.childrens_homes import HomeFactory, ProgrammeFactory, holder, homes_tree
from tests.midnight import unhurried_now

SOURCE = "示例建设方案"


def desk_user(organization, role: str):
    """Somebody who holds a post there and may enter the desk."""
    user = holder(organization, role)
    sync_groups(user)
    return user


def thing(code: str = "E01", *, quantity: int = 1, on: date | None = None, **more) -> registering.Thing:
    names = {"E01": "电脑", "E06": "书刊", "E08": "书架", "E09": "课桌", "E10": "凳子"}
    plain = {"name": names.get(code, "示例"), "category": "electronics", "unit": "machine", "source": Source.PROVINCIAL}
    on = on or timezone.localdate() - timedelta(days=400)
    return registering.Thing(code=code, quantity=quantity, acquired_on=on, **plain | more)


class Store:
    """``keeper`` and ``second`` are officers of county A, ``teacher`` of ``home``, ``other_teacher`` of ``sister``;
    ``away`` is a home of county B."""

    def __init__(self, *, lists: bool = True):
        self.tree = homes_tree()
        self.city, self.county = self.tree["city"], self.tree["county_a"]
        self.programme = ProgrammeFactory(city=self.city)
        self.home = self._home("school_a", 1)
        self.sister = self._home("school_b", 2)
        self.nursery = self._home("nursery", 3)
        self.away = self._home("school_c", 4)
        self.boss = desk_user(self.city, Role.WF_OFFICER)
        self.keeper, self.second = (desk_user(self.county, Role.WF_OFFICER) for _one in range(2))
        self.teacher = desk_user(self.tree["school_a"], Role.HOME_TEACHER)
        self.other_teacher = desk_user(self.tree["school_b"], Role.HOME_TEACHER)
        self.finance = desk_user(self.county, Role.WF_FINANCE)
        self.auditor = desk_user(self.city, Role.AUDITOR)
        self.now = unhurried_now()
        self.today = timezone.localdate(self.now)
        if lists:
            standards.load_lists(self.programme, source=SOURCE, by=self.boss, today=self.today)

    def _home(self, host: str, number: int) -> Home:
        return HomeFactory(
            programme=self.programme, host=self.tree[host], code=f"LSZJ-99000{1 if number < 4 else 2}-{number:03d}"
        )

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def ordered(self, *, source: str = Source.PROVINCIAL, home: Home | None = None, ago: int = 20) -> DeliveryOrder:
        """One home's delivery of what its standard asks of that supplier."""
        home = home or self.home
        batch = deliveries.order_missing(
            self.programme,
            homes=[home],
            source=source,
            keeper=self.city if source == Source.PROVINCIAL else home.county,
            name="示例设备",
            ordered_on=self.day(ago),
            by=self.boss,
            now=self.now,
        )
        return batch.orders.get()

    def shipped(self, *, ago: int = 10, **more) -> DeliveryOrder:
        order = self.ordered(**more)
        deliveries.ship([order], on=self.day(ago), by=self.boss, now=self.now)
        return self.fresh(order)

    def said(self, order: DeliveryOrder, **short: tuple[int, str]) -> dict:
        """Everything came, but for the codes named: ``E01=(1, "示例")``."""
        return {line.pk: short.get(line.code, (line.sent, "")) for line in order.lines.all()}

    def received(self, *, by=None, **short) -> DeliveryOrder:
        order = self.shipped()
        return deliveries.receive(
            order, said=self.said(order, **short), on=self.today, by=by or self.teacher, now=self.now
        )

    def stored(self, *things: registering.Thing, home: Home | None = None) -> list[AssetItem]:
        """On the county's register, in its store, meant for a home."""
        return registering.register_gift(
            home or self.home, things or [thing()], by=self.boss if home else self.keeper, now=self.now
        )

    def in_use(self, *things: registering.Thing, home: Home | None = None, now=None) -> list[AssetItem]:
        now = now or self.now
        home = home or self.home
        assets = registering.register_gift(home, things or [thing()], by=self.boss, now=now)
        moving.move(assets, "issue", by=self.boss, now=now)
        return moving.move(assets, "confirm", by=self.boss, now=now)

    def counted(self, pieces: dict, reasons: dict | None = None):
        """A stock-taking of the home, handed in by its teacher. ``pieces`` by number; ``reasons`` by number too."""
        take = counting.begin(self.home, by=self.teacher, now=self.now)
        seen = [Seen(number, count, self.now) for number, count in pieces.items()]
        counting.count(take, seen, by=self.teacher, now=self.now)
        said = {line.pk: (reasons or {}).get(line.asset.number, "") for line in take.lines.select_related("asset")}
        return counting.hand_in(take, reasons=said, by=self.teacher, now=self.now)

    @staticmethod
    def fresh(row):
        return type(row).objects.unscoped().get(pk=row.pk)


def picture(shade: int = 90) -> BytesIO:
    """A photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "示例手机"
    stream = BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 90)).save(stream, "JPEG", exif=exif)
    stream.seek(0)
    return stream
