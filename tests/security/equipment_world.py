"""What the equipment adds to the world: a home at the school at which ``child`` stands, kept by the county ``parent``,
with one thing of every kind on its way."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from services.childrens_homes.enums import HomeState, Profile, ProgrammeState, SiteType
from services.childrens_homes.models import Home, Programme
from services.home_equipment import models
from services.home_equipment.actions.standards import load_lists
from services.home_equipment.enums import AssetState, DeliveryState, PhotoKind, Source, StandardState


def equipment_records(city, county, school) -> dict:
    now = timezone.now()
    today = timezone.localdate(now)
    programme = Programme.objects.create(
        city=city, year=2041, target=1, target_school=1, target_preschool=0, pass_mark=80, state=ProgrammeState.ACTIVE
    )
    plain = {"programme": programme, "site_type": SiteType.PRIMARY_SCHOOL, "profile": Profile.SCHOOL}
    home = Home.objects.create(code="LSZJ-990009-901", host=school, county=county, state=HomeState.OPERATING, **plain)
    load_lists(programme, source="示例", by=None, today=today)
    draft = models.EquipmentStandard.objects.create(
        programme=programme, profile=Profile.SCHOOL, version=2, state=StandardState.DRAFT, source="示例"
    )
    return {
        "equipment_home": home,
        "equipment_county": county,
        "equipment_draft": draft,
        **_things(home, programme, county, school, now),
    }


def _things(home, programme, county, school, now) -> dict:
    """A delivery on its way, an item in use with a photo, and what is under way with it."""
    today = timezone.localdate(now)
    batch = models.ProcurementBatch.objects.create(
        number="CG-1",
        programme=programme,
        keeper=county,
        source=Source.COUNTY_MATCH,
        name="示例",
        ordered_on=today,
        made_at=now,
    )
    order = models.DeliveryOrder.objects.create(
        number="PS-1", batch=batch, home=home, state=DeliveryState.SHIPPED, changed_at=now
    )
    models.DeliveryLine.objects.create(
        order=order, code="E01", name="电脑", category="electronics", unit="machine", sent=2
    )
    asset = models.AssetItem.objects.create(
        number="ZC-1",
        code="E01",
        name="电脑",
        category="electronics",
        unit="machine",
        custodian=county,
        place=school,
        home=home,
        source=Source.PROVINCIAL,
        acquired_on=today,
        state=AssetState.IN_USE,
        state_since=today,
    )
    photo = models.Photo(
        place=school,
        kind=PhotoKind.CONDITION,
        asset=asset,
        name="x.jpg",
        extension="jpg",
        content_type="image/jpeg",
        size=1,
        digest="0" * 64,
        scan="clean",
        added_at=now,
    )
    photo.file.save("x", ContentFile(b"x"), save=False)
    photo.save()
    return {
        "equipment_batch": batch,
        "equipment_order": order,
        "equipment_asset": asset,
        "equipment_photo": photo,
        **_under_way(home, asset, programme, county, now),
    }


def _under_way(home, asset, programme, county, now) -> dict:
    """A stock-taking, a transfer to a home that nobody of the world stands at, a repair task."""
    taker = Home.objects.create(
        code="LSZJ-990009-902",
        programme=programme,
        host=county,
        county=county,
        site_type=SiteType.PRIMARY_SCHOOL,
        profile=Profile.SCHOOL,
    )
    take = models.StockTake.objects.create(home=home, state="counted", begun_at=now, counted_at=now)
    transfer = models.AssetTransfer.objects.create(giver=home, taker=taker, reason="示例", asked_at=now)
    models.TransferLine.objects.create(transfer=transfer, asset=asset)
    task = models.RepairTask.objects.create(
        key="world-1",
        home=home,
        criterion="5.1",
        words="示例",
        opened_at=now,
        due_on=timezone.localdate(now) + timedelta(days=9),
    )
    return {"equipment_take": take, "equipment_transfer": transfer, "equipment_task": task}
