"""The addresses of annual returns, below /admin/coverage/returns/. Named by year and the union's code."""

from django.urls import include, path

from services.coverage.desk.returns import export, lists, many, one, steps
from services.coverage.desk.returns.pages import NAMESPACE

app_name = NAMESPACE
_ONE = "<int:year>/<str:code>"

urlpatterns = [
    path("", lists.ReturnList.as_view(), name="list"),
    path("results/", lists.ReturnList.as_view(results_only=True), name="list_results"),
    path("open/", steps.OpenYear.as_view(), name="open"),
    path("accept/", many.AcceptMany.as_view(), name="many_accept"),
    path("remind/", many.RemindMany.as_view(), name="many_remind"),
    path("<int:year>/", lists.Progress.as_view(), name="progress"),
    path(f"{_ONE}/", one.ReturnScreen.as_view(), name="one"),
    path(f"{_ONE}/edit/", one.FillIn.as_view(), name="edit"),
    path(f"{_ONE}/print/", one.OnPaper.as_view(), name="print"),
    path(f"{_ONE}/workbook/", export.Workbook.as_view(), name="workbook"),
    path(f"{_ONE}/sign/", steps.Sign.as_view(), name="sign"),
    path(f"{_ONE}/take-back/", steps.TakeBack.as_view(), name="take_back"),
    path(f"{_ONE}/submit/", steps.Submit.as_view(), name="submit"),
    path(f"{_ONE}/accept/", steps.Accept.as_view(), name="accept"),
    path(f"{_ONE}/send-back/", steps.SendBack.as_view(), name="send_back"),
    path(f"{_ONE}/lock/", steps.Lock.as_view(), name="lock"),
    path(f"{_ONE}/amend/", steps.Amend.as_view(), name="amend"),
]


def admin_urls() -> list:
    return [path("coverage/returns/", include("services.coverage.desk.returns.routes"))]
