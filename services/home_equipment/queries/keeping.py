"""Reads of repairs, requests to scrap, transfers, stock-takings and photos."""

from django.db.models import Q, QuerySet

from services.foundation.scope import path_filter, scope_of
from services.home_equipment.enums import READERS, TRANSFER_OPEN
from services.home_equipment.models import AssetItem, AssetTransfer, Photo, ScrapRequest, StockTake


def transfers_for(user) -> QuerySet[AssetTransfer]:
    """Of the giving and of the taking side."""
    paths = scope_of(user).paths(roles=READERS)
    mine = path_filter("giver__host__path", paths) | path_filter("taker__host__path", paths)
    rows = AssetTransfer.objects.own().filter(mine)
    return rows.select_related("giver__host", "giver__county", "taker__host", "taker__county")


def open_transfers_of(home) -> QuerySet[AssetTransfer]:
    rows = AssetTransfer.objects.unscoped().filter(Q(giver=home) | Q(taker=home), state__in=TRANSFER_OPEN)
    return rows.select_related("giver__host", "taker__host")


def open_request(asset: AssetItem) -> ScrapRequest | None:
    return asset.scrap_requests.filter(approved__isnull=True).select_related("asked_by").first()


def takes_for(user) -> QuerySet[StockTake]:
    rows = StockTake.objects.visible_to(user)
    return rows.select_related("home__host", "home__county", "counted_by", "approved_by")


def photos_for(user) -> QuerySet[Photo]:
    return Photo.objects.visible_to(user).filter(removed_at__isnull=True)


def all_photos() -> QuerySet[Photo]:
    """For the scanner."""
    return Photo.objects.unscoped()
