from services.home_equipment.models.asset import AssetEvent, AssetItem
from services.home_equipment.models.delivery import DeliveryLine, DeliveryOrder, ProcurementBatch
from services.home_equipment.models.keeping import AssetTransfer, Repair, ScrapRequest, TransferLine
from services.home_equipment.models.photo import Photo
from services.home_equipment.models.standard import EquipmentStandard, StandardLine
from services.home_equipment.models.stock import StockTake, StockTakeLine
from services.home_equipment.models.task import RepairTask

__all__ = [
    "AssetEvent",
    "AssetItem",
    "AssetTransfer",
    "DeliveryLine",
    "DeliveryOrder",
    "EquipmentStandard",
    "Photo",
    "ProcurementBatch",
    "Repair",
    "RepairTask",
    "ScrapRequest",
    "StandardLine",
    "StockTake",
    "StockTakeLine",
    "TransferLine",
]
