"""Routes of the finance office."""

from django.urls import include, path

from services.payments.desk import approval, batches, files, funds, layouts, payable, payables

app_name = "payments_desk"
urlpatterns = [
    path("", batches.BatchList.as_view(), name="batches"),
    path("results/", batches.BatchList.as_view(results_only=True), name="batches_results"),
    path("add/", batches.BatchAdd.as_view(), name="batch_add"),
    path("batch/<str:token>/", batches.BatchView.as_view(), name="batch"),
    path("batch/<str:token>/put/", batches.BatchPut.as_view(), name="batch_put"),
    path("batch/<str:token>/take-out/<int:line>/", batches.BatchTakeOut.as_view(), name="batch_take_out"),
    path("batch/<str:token>/freeze/", batches.BatchFreeze.as_view(), name="batch_freeze"),
    path("batch/<str:token>/cancel/", batches.BatchCancel.as_view(), name="batch_cancel"),
    path("batch/<str:token>/approve/", approval.BatchApprove.as_view(), name="batch_approve"),
    path("batch/<str:token>/reject/", approval.BatchReject.as_view(), name="batch_reject"),
    path("batch/<str:token>/write/", files.BatchWrite.as_view(), name="batch_write"),
    path("batch/<str:token>/file/", files.BatchFile.as_view(), name="batch_file"),
    path("batch/<str:token>/sent/", files.BatchSent.as_view(), name="batch_sent"),
    path("batch/<str:token>/result/", files.BatchResult.as_view(), name="batch_result"),
    path("batch/<str:token>/result/<str:result>/", files.ResultPage.as_view(), name="result"),
    path("batch/<str:token>/result/<str:result>/file/", files.ResultFileOut.as_view(), name="result_file"),
    path("batch/<str:token>/settle/<int:line>/", files.LineSettle.as_view(), name="settle"),
    path("batch/<str:token>/close/", files.BatchClose.as_view(), name="batch_close"),
    path("payables/", payables.PayableList.as_view(), name="payables"),
    path("payables/results/", payables.PayableList.as_view(results_only=True), name="payables_results"),
    path("payables/find/", payables.FindPayable.as_view(), name="payables_find"),
    path("payables/<str:token>/", payable.PayableView.as_view(), name="payable"),
    path("payables/<str:token>/account/", payable.PayableAccount.as_view(), name="payable_account"),
    path("payables/<str:token>/retry/", payable.PayableRetry.as_view(), name="payable_retry"),
    path("payables/<str:token>/cancel/", payable.PayableCancel.as_view(), name="payable_cancel"),
    path("payables/<str:token>/refund/", payable.PayableRefund.as_view(), name="payable_refund"),
    path("funds/", funds.FundList.as_view(), name="funds"),
    path("funds/results/", funds.FundList.as_view(results_only=True), name="funds_results"),
    path("funds/add/", funds.FundAdd.as_view(), name="fund_add"),
    path("funds/<int:pk>/", funds.Fund.as_view(), name="fund"),
    path("funds/<int:pk>/budget/", funds.FundBudget.as_view(), name="fund_budget"),
    path("funds/<int:pk>/close/", funds.FundClose.as_view(), name="fund_close"),
    path("layouts/", layouts.LayoutList.as_view(), name="layouts"),
    path("layouts/results/", layouts.LayoutList.as_view(results_only=True), name="layouts_results"),
    path("layouts/add/", layouts.LayoutAdd.as_view(), name="layout_add"),
    path("layouts/<slug:code>/", layouts.LayoutEdit.as_view(), name="layout"),
]


def admin_urls() -> list:
    return [path("payments/", include((urlpatterns, app_name)))]
