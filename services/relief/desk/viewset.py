"""Routes of relief in the desk: files by their tokens, what belongs to an application by its case's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.foundation.area import DeskArea
from services.foundation.scope import scope_of
from services.organizations.enums import ROSTER_READERS
from services.relief.desk import editing, life, lists, one, review


class ReliefDesk(DeskArea):
    name = "relief_desk"
    url_prefix = "hardship"
    menu_label = _("Hardship files")
    icon = "folder-open-inverse"
    menu_name = "hardship"
    menu_order = 230
    add_to_admin_menu = True

    @staticmethod
    def may_enter(user):
        return scope_of(user).paths(roles=ROSTER_READERS)

    def get_urlpatterns(self):
        return [
            path("", lists.FileList.as_view(), name="files"),
            path("results/", lists.FileList.as_view(results_only=True), name="files_results"),
            path("search/", lists.SearchFiles.as_view(), name="search"),
            path("return-visits/", lists.ReturnVisitList.as_view(), name="return_visits"),
            path(
                "return-visits/results/", lists.ReturnVisitList.as_view(results_only=True), name="return_visits_results"
            ),
            path("apply/", life.FindHer.as_view(), name="find"),
            path("apply/<str:token>/", life.BeginForHer.as_view(), name="begin"),
            *self._files(),
            *self._applications(),
        ]

    @staticmethod
    def _files() -> list:
        pages = {
            "members": editing.EditMembers,
            "money": editing.EditMoney,
            "causes": editing.EditCauses,
            "particulars": editing.EditParticulars,
            "month": life.NoteMonth,
            "recheck": life.Recheck,
            "suspend": life.Suspend,
            "resume": life.Resume,
            "leave": life.Leave,
        }
        return [
            path("file/<str:token>/", one.FilePage.as_view(), name="file"),
            *(path(f"file/<str:token>/{name}/", page.as_view(), name=f"file_{name}") for name, page in pages.items()),
            path("file/<str:token>/visits/<int:visit>/", life.MakeReturnVisit.as_view(), name="return_visit"),
        ]

    @staticmethod
    def _applications() -> list:
        return [
            path("case/<str:token>/answers/", editing.EditAnswers.as_view(), name="answers"),
            path("case/<str:token>/visit/", review.RecordVisit.as_view(), name="visit"),
            path("case/<str:token>/exclusion/<slug:code>/", review.CheckExclusion.as_view(), name="exclusion"),
            path("case/<str:token>/overlap/<str:other>/", review.DecideOverlap.as_view(), name="overlap"),
            path("case/<str:token>/sum/", review.ChangeSum.as_view(), name="sum"),
            path("case/<str:token>/sum/agree/", review.SecondSum.as_view(), name="second_sum"),
        ]
