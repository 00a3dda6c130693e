"""Addresses of files and of what belongs to an application: files by their tokens, the others by their case's."""

from django.urls import path

from services.relief.desk import awards, editing, for_her, life, lists, one, review

_PARTS = {
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

LISTS = [
    path("files/", lists.FileList.as_view(), name="files"),
    path("files/results/", lists.FileList.as_view(results_only=True), name="files_results"),
    path("files/search/", lists.SearchFiles.as_view(), name="search"),
    path("return-visits/", lists.ReturnVisitList.as_view(), name="return_visits"),
    path("return-visits/results/", lists.ReturnVisitList.as_view(results_only=True), name="return_visits_results"),
    path("awards/", awards.AwardList.as_view(), name="awards"),
    path("awards/results/", awards.AwardList.as_view(results_only=True), name="awards_results"),
    path("apply/", life.FindHer.as_view(), name="find"),
    path("apply/<str:token>/", life.BeginForHer.as_view(), name="begin"),
]
FILES = [
    path("file/<str:token>/", one.FilePage.as_view(), name="file"),
    *(path(f"file/<str:token>/{name}/", page.as_view(), name=f"file_{name}") for name, page in _PARTS.items()),
    path("file/<str:token>/visits/<int:visit>/", life.MakeReturnVisit.as_view(), name="return_visit"),
]
APPLICATIONS = [
    path("case/<str:token>/for-her/", for_her.ForHer.as_view(), name="for_her"),
    path("case/<str:token>/for-her/account/", for_her.HerAccount.as_view(), name="for_her_account"),
    path("case/<str:token>/answers/", editing.EditAnswers.as_view(), name="answers"),
    path("case/<str:token>/visit/", review.RecordVisit.as_view(), name="visit"),
    path("case/<str:token>/exclusion/<slug:code>/", review.CheckExclusion.as_view(), name="exclusion"),
    path("case/<str:token>/overlap/<str:other>/", review.DecideOverlap.as_view(), name="overlap"),
    path("case/<str:token>/sum/", review.ChangeSum.as_view(), name="sum"),
    path("case/<str:token>/sum/agree/", review.SecondSum.as_view(), name="second_sum"),
]
