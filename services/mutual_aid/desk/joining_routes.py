"""Routes of joining, below /admin/mutual-aid/: batches, their lines and papers, covers. Things are named by token."""

from django.urls import include, path

from services.mutual_aid.desk import batches, cover_days, covers, lines, steps, units
from services.mutual_aid.desk.joining_pages import NAMESPACE

app_name = NAMESPACE
urlpatterns = [
    path("batches/", batches.BatchList.as_view(), name="batches"),
    path("batches/results/", batches.BatchList.as_view(results_only=True), name="batches_results"),
    path("batches/add/", batches.BatchAdd.as_view(), name="batch_add"),
    path("batches/renewals/", batches.RenewalList.as_view(), name="renewals"),
    path("units/", units.UnitList.as_view(), name="units"),
    path("units/results/", units.UnitList.as_view(results_only=True), name="units_results"),
    path("batches/of/<str:token>/", batches.BatchView.as_view(), name="batch"),
    path("batches/of/<str:token>/renew/", batches.RenewalBegin.as_view(), name="batch_renew"),
    path("batches/of/<str:token>/choose/", lines.Choose.as_view(), name="batch_choose"),
    path("batches/of/<str:token>/take-out/", lines.TakeOut.as_view(), name="batch_take_out"),
    path("batches/of/<str:token>/headcount/", steps.Headcount.as_view(), name="batch_headcount"),
    path("batches/of/<str:token>/payment/", steps.Payment.as_view(), name="batch_payment"),
    path("batches/of/<str:token>/papers/add/", steps.PaperAdd.as_view(), name="paper_add"),
    path("batches/of/<str:token>/papers/<str:paper>/", steps.PaperOpen.as_view(), name="paper"),
    path("batches/of/<str:token>/papers/<str:paper>/remove/", steps.PaperRemove.as_view(), name="paper_remove"),
    path("batches/of/<str:token>/hand-in/", steps.HandIn.as_view(), name="batch_hand_in"),
    path("batches/of/<str:token>/give-up/", steps.Drop.as_view(), name="batch_drop"),
    path("batches/of/<str:token>/confirm/", steps.Approve.as_view(), name="batch_approve"),
    path("batches/of/<str:token>/return/", steps.Return.as_view(), name="batch_return"),
    path("batches/of/<str:token>/line/<int:line>/", lines.LineEdit.as_view(), name="line"),
    path("batches/of/<str:token>/line/<int:line>/look/", lines.Look.as_view(), name="line_look"),
    path("batches/of/<str:token>/line/<int:line>/settle/", lines.Settle.as_view(), name="line_settle"),
    path("covers/", covers.CoverList.as_view(), name="covers"),
    path("covers/results/", covers.CoverList.as_view(results_only=True), name="covers_results"),
    path("covers/find/", covers.FindCover.as_view(), name="covers_find"),
    path("covers/of/<str:token>/", covers.CoverView.as_view(), name="cover"),
    path("covers/of/<str:token>/withdraw/", covers.Withdraw.as_view(), name="cover_withdraw"),
    path("covers/of/<str:token>/left/", covers.EndForLeaving.as_view(), name="cover_end"),
    path("covers/of/<str:token>/correct/", cover_days.Correct.as_view(), name="cover_correct"),
    path("covers/of/<str:token>/certificate/", covers.Certificate.as_view(), name="certificate"),
]


def admin_urls() -> list:
    return [path("mutual-aid/", include((urlpatterns, app_name)))]
