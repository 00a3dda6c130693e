"""Routes of equipment, below /admin/equipment/. Things have tokens; codes of homes are public, scope decides."""

from django.urls import include, path

from services.foundation.desk_routes import list_routes
from services.home_equipment.desk import assets, deliveries, homes, keeping, lists, paper, reports, standards
from services.home_equipment.desk.pages import NAMESPACE

app_name = NAMESPACE
_HOME, _ASSET, _DELIVERY = "homes/<str:code>/", "a/<str:token>/", "deliveries/<str:token>/"
_TAKE, _TRANSFER = "counts/<str:token>/", "transfers/<str:token>/"

urlpatterns = [
    *list_routes("register/", lists.RegisterList),
    *list_routes("tasks/", lists.TaskList),
    *list_routes("counts/", lists.TakeList),
    *list_routes("transfers/", lists.TransferList),
    *list_routes("deliveries/", lists.DeliveryList),
    path("deliveries/order/", deliveries.Order.as_view(), name="order"),
    path("batches/<str:number>/", deliveries.Batch.as_view(), name="batch"),
    path(_DELIVERY, deliveries.Delivery.as_view(), name="delivery"),
    path(f"{_DELIVERY}ship/", deliveries.Ship.as_view(), name="ship"),
    path(f"{_DELIVERY}receive/", deliveries.Receive.as_view(), name="receive"),
    path(f"{_DELIVERY}verify/", deliveries.Verify.as_view(), name="verify"),
    path(f"{_DELIVERY}object/", deliveries.Objection.as_view(), name="object"),
    path(f"{_DELIVERY}resolve/", deliveries.Resolve.as_view(), name="resolve"),
    path(f"{_DELIVERY}photo/", deliveries.DeliveryPhoto.as_view(), name="delivery_photo"),
    path(_HOME, homes.HomeEquipment.as_view(), name="home"),
    path(f"{_HOME}issue/", homes.Issue.as_view(), name="issue"),
    path(f"{_HOME}confirm/", homes.ConfirmReceipt.as_view(), name="confirm"),
    path(f"{_HOME}order/", deliveries.OrderOne.as_view(), name="order_one"),
    path(f"{_HOME}gift/", homes.Gift.as_view(), name="gift"),
    path(f"{_HOME}transfer/", homes.AskTransfer.as_view(), name="ask_transfer"),
    path(f"{_HOME}count/", homes.BeginCount.as_view(), name="begin_count"),
    path(f"{_HOME}booklet/", paper.HomeBooklet.as_view(), name="home_booklet"),
    path(f"{_HOME}labels/", paper.HomeLabels.as_view(), name="home_labels"),
    path("counties/<str:code>/booklet/", paper.CountyBooklet.as_view(), name="county_booklet"),
    path(_ASSET, assets.Asset.as_view(), name="asset"),
    path(f"{_ASSET}issue/", assets.IssueOne.as_view(), name="issue_one"),
    path(f"{_ASSET}repair/", assets.SendToRepair.as_view(), name="repair"),
    path(f"{_ASSET}back/", assets.BringBack.as_view(), name="back"),
    path(f"{_ASSET}decide/", assets.Decide.as_view(), name="decide"),
    path(f"{_ASSET}condition/", assets.NoteCondition.as_view(), name="condition"),
    path(f"{_ASSET}correct/", assets.Correct.as_view(), name="correct"),
    path(f"{_ASSET}photo/", assets.AssetPhoto.as_view(), name="asset_photo"),
    path(f"{_ASSET}label/", paper.AssetLabel.as_view(), name="asset_label"),
    path(f"{_ASSET}step/<str:verb>/", assets.Step.as_view(), name="step"),
    path("photos/<str:token>/", assets.PhotoOpen.as_view(), name="photo"),
    path(_TAKE, keeping.Take.as_view(), name="take"),
    path(f"{_TAKE}seen/", keeping.Seen.as_view(), name="seen"),
    path(f"{_TAKE}approve/", keeping.ApproveTake.as_view(), name="approve_take"),
    path(f"{_TAKE}return/", keeping.ReturnTake.as_view(), name="return_take"),
    path(_TRANSFER, keeping.Transfer.as_view(), name="transfer"),
    path(f"{_TRANSFER}hand-over/", keeping.HandOver.as_view(), name="hand_over"),
    path(f"{_TRANSFER}take-over/", keeping.TakeOver.as_view(), name="take_over"),
    path(f"{_TRANSFER}call-off/", keeping.CallOff.as_view(), name="call_off"),
    path("tasks/<int:pk>/", keeping.Task.as_view(), name="task"),
    path("standards/", standards.Standards.as_view(), name="standards"),
    path("standards/load/", standards.LoadLists.as_view(), name="load_lists"),
    path("standards/write/<str:profile>/", standards.WriteStandard.as_view(), name="standard_write"),
    path("standards/<int:pk>/in-force/", standards.PutInForce.as_view(), name="put_in_force"),
    path("progress/", reports.Progress.as_view(), name="progress"),
    path("progress/print/", reports.ProgressPrint.as_view(), name="progress_print"),
]


def admin_urls() -> list:
    return [path("equipment/", include((urlpatterns, app_name)))]
