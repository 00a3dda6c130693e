"""Routes of the monitoring, below /admin/monitoring/. Reports are named by year and the place's code."""

from django.urls import include, path

from services.foundation.desk_routes import list_routes
from services.indicators.desk import dictionary, dictionary_lists, keeping, lists, one, rounds, steps
from services.indicators.desk.pages import NAMESPACE

app_name = NAMESPACE
_ONE = "reports/<int:year>/<str:code>"
_ENTRY = "<str:code>/<slug:entry>"
urlpatterns = [
    path("", lists.ReportList.as_view(), name="list"),
    path("results/", lists.ReportList.as_view(results_only=True), name="list_results"),
    path("years/", rounds.Rounds.as_view(), name="rounds"),
    path("years/open/", rounds.OpenRound.as_view(), name="round_open"),
    path("years/<int:year>/<str:code>/lock/", rounds.LockRound.as_view(), name="round_lock"),
    *list_routes("dictionary/", dictionary_lists.IndicatorList, "dictionary"),
    path("dictionary/add/", keeping.AddIndicator.as_view(), name="indicator_add"),
    path("dictionary/samples/", rounds.LoadSamples.as_view(), name="samples"),
    path(f"dictionary/{_ENTRY}/", dictionary.IndicatorPage.as_view(), name="indicator"),
    path(f"dictionary/{_ENTRY}/correct/", keeping.CorrectIndicator.as_view(), name="indicator_correct"),
    path(f"dictionary/{_ENTRY}/version/", keeping.RedefineIndicator.as_view(), name="indicator_redefine"),
    path(f"dictionary/{_ENTRY}/end/", keeping.EndIndicator.as_view(), name="indicator_end"),
    *list_routes("elements/", dictionary_lists.ElementList, "elements"),
    path("elements/add/", keeping.AddElement.as_view(), name="element_add"),
    path(f"elements/{_ENTRY}/", dictionary.ElementPage.as_view(), name="element"),
    path(f"elements/{_ENTRY}/change/", keeping.ChangeElement.as_view(), name="element_change"),
    path(f"elements/{_ENTRY}/end/", keeping.EndElement.as_view(), name="element_end"),
    *list_routes("rules/", dictionary_lists.RuleList, "rules"),
    path("rules/add/", keeping.AddRule.as_view(), name="rule_add"),
    path(f"rules/{_ENTRY}/", dictionary.RulePage.as_view(), name="rule"),
    path(f"rules/{_ENTRY}/change/", keeping.ChangeRule.as_view(), name="rule_change"),
    path(f"rules/{_ENTRY}/end/", keeping.EndRule.as_view(), name="rule_end"),
    path(f"{_ONE}/", one.ReportScreen.as_view(), name="one"),
    path(f"{_ONE}/values/<slug:domain>/", one.FillIn.as_view(), name="edit"),
    path(f"{_ONE}/sign/", steps.Sign.as_view(), name="sign"),
    path(f"{_ONE}/take-back/", steps.TakeBack.as_view(), name="take_back"),
    path(f"{_ONE}/accept/", steps.Accept.as_view(), name="accept"),
    path(f"{_ONE}/send-back/", steps.SendBack.as_view(), name="send_back"),
    path(f"{_ONE}/amend/", steps.Amend.as_view(), name="amend"),
]


def admin_urls() -> list:
    return [path("monitoring/", include("services.indicators.desk.routes"))]
