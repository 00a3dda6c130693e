"""Routes of the homes, below /admin/homes/. Codes of homes are public; scope decides between 200 and 404."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from services.childrens_homes.desk import (
    census,
    home,
    keeping,
    lists,
    matrix,
    overview,
    papers,
    people,
    plans,
    programme,
    progress,
    reports,
    siting,
    summaries,
)
from services.childrens_homes.desk.pages import NAMESPACE
from services.foundation.desk_routes import list_routes


class HomeCode(StringConverter):
    """Never the word of another page: the apps that grow from the homes may have theirs below the same address."""

    regex = r"LSZJ-[^/]{1,60}"


register_converter(HomeCode, "home")


_PROGRAMME = "programmes/<a_year:year>/"
_APPLICATION = "applications/<str:token>/"
_PLAN = "plans/<a_year:year>/<a_version:version>/"
_LETTER = "letters/<str:token>/"
_VOLUNTEER = "volunteers/<str:token>/"
_SUMMARY = "summaries/<a_year:year>/<str:county>/<a_version:version>/"
_HOME = "<home:code>/"

app_name = NAMESPACE
urlpatterns = [
    path("", overview.Overview.as_view(), name="overview"),
    *list_routes("list/", lists.HomeList),
    *list_routes("matrix/", matrix.Matrix),
    path("programmes/add/", programme.ProgrammeAdd.as_view(), name="programme_add"),
    path(_PROGRAMME, programme.ProgrammeDetail.as_view(), name="programme"),
    path(f"{_PROGRAMME}edit/", programme.ProgrammeEdit.as_view(), name="programme_edit"),
    path(f"{_PROGRAMME}start/", programme.ProgrammeStart.as_view(), name="programme_start"),
    path(f"{_PROGRAMME}close/", programme.ProgrammeClose.as_view(), name="programme_close"),
    path(f"{_PROGRAMME}words/<str:code>/", programme.RequirementEdit.as_view(), name="requirement"),
    path(f"{_PROGRAMME}definition/", programme.DefinitionAdd.as_view(), name="definition_add"),
    path(f"{_PROGRAMME}milestones/<str:code>/", programme.MilestoneEdit.as_view(), name="milestone"),
    path(
        f"{_PROGRAMME}milestones/<str:code>/<str:place>/", progress.MilestoneDoneEdit.as_view(), name="milestone_done"
    ),
    path(f"{_PROGRAMME}letters/add/", progress.LetterAdd.as_view(), name="letter_add"),
    path(f"{_PROGRAMME}plan/", plans.PlanDraft.as_view(), name="plan_draft"),
    *list_routes("applications/", siting.ApplicationList),
    path("applications/add/", siting.ApplicationAdd.as_view(), name="application_add"),
    path(_APPLICATION, siting.ApplicationDetail.as_view(), name="application"),
    path(f"{_APPLICATION}edit/", siting.ApplicationEdit.as_view(), name="application_edit"),
    path(f"{_APPLICATION}step/<str:verb>/", siting.ApplicationStep.as_view(), name="application_step"),
    path("plans/", plans.PlanList.as_view(), name="plans"),
    path(_PLAN, plans.PlanDetail.as_view(), name="plan"),
    path(f"{_PLAN}lines/", plans.PlanLines.as_view(), name="plan_lines"),
    path(f"{_PLAN}opinion/", plans.OpinionAdd.as_view(), name="opinion_add"),
    path(f"{_PLAN}step/<str:verb>/", plans.PlanStep.as_view(), name="plan_step"),
    path("timeline/", progress.Timeline.as_view(), name="timeline"),
    path("letters/", progress.LetterTree.as_view(), name="letters"),
    path(_LETTER, progress.LetterDetail.as_view(), name="letter"),
    path(f"{_LETTER}step/<str:verb>/", progress.LetterStep.as_view(), name="letter_step"),
    *list_routes("censuses/", census.CensusList),
    path("censuses/add/", census.CensusAdd.as_view(), name="census_add"),
    path("censuses/<str:token>/", census.CensusDetail.as_view(), name="census"),
    path("papers/<str:about>/<str:key>/add/", papers.PaperAdd.as_view(), name="paper_add"),
    path("papers/<str:token>/", papers.PaperOpen.as_view(), name="paper"),
    path("papers/<str:token>/agree/", papers.PaperAgree.as_view(), name="paper_agree"),
    path("papers/<str:token>/remove/", papers.PaperRemove.as_view(), name="paper_remove"),
    path("groups/<str:place>/", keeping.LeadingGroups.as_view(), name="groups"),
    path("groups/<str:place>/form/", keeping.LeadingGroupNew.as_view(), name="leading_group"),
    *list_routes("volunteers/", people.VolunteerList),
    path("volunteers/add/", people.VolunteerAdd.as_view(), name="volunteer_add"),
    path(_VOLUNTEER, people.VolunteerDetail.as_view(), name="volunteer"),
    path(f"{_VOLUNTEER}check/", people.VettingAdd.as_view(), name="vetting_add"),
    path(f"{_VOLUNTEER}leave/", people.VolunteerLeave.as_view(), name="volunteer_leave"),
    path(f"{_VOLUNTEER}certificate/", people.Certificate.as_view(), name="certificate"),
    *list_routes("activities/", people.ActivityList),
    path("activities/<str:token>/", people.ActivityDetail.as_view(), name="activity"),
    path("activities/<str:token>/correct/", people.ActivityCorrect.as_view(), name="activity_correct"),
    path("reports/", reports.Reports.as_view(), name="reports"),
    path("reports/<str:report>/", reports.Report.as_view(), name="report"),
    path("reports/<str:report>/print/", reports.ReportPrint.as_view(), name="report_print"),
    path("reports/<str:report>/workbook/", reports.ReportWorkbook.as_view(), name="report_workbook"),
    path("summaries/", summaries.SummaryList.as_view(), name="summaries"),
    path("summaries/<str:county>/begin/", summaries.SummaryBegin.as_view(), name="summary_begin"),
    path(_SUMMARY, summaries.SummaryDetail.as_view(), name="summary"),
    path(f"{_SUMMARY}edit/", summaries.SummaryEdit.as_view(), name="summary_edit"),
    path(f"{_SUMMARY}send/", summaries.SummarySend.as_view(), name="summary_send"),
    path(f"{_SUMMARY}answer/", summaries.SummaryAnswer.as_view(), name="summary_answer"),
    path(f"{_SUMMARY}file.<str:kind>", summaries.SummaryFile.as_view(), name="summary_file"),
    path(f"{_SUMMARY}print/", summaries.SummaryPrint.as_view(), name="summary_print"),
    path(_HOME, home.HomeDetail.as_view(), name="home"),
    path(f"{_HOME}step/<str:verb>/", home.HomeStep.as_view(), name="home_step"),
    path(f"{_HOME}rooms/", keeping.Rooms.as_view(), name="rooms"),
    path(f"{_HOME}committee/", keeping.CommitteeNew.as_view(), name="committee_new"),
    path(f"{_HOME}staff/add/", keeping.StaffAdd.as_view(), name="staff_add"),
    path(f"{_HOME}staff/<a_key:pk>/end/", keeping.StaffEnd.as_view(), name="staff_end"),
    path(f"{_HOME}rules/add/", keeping.RegulationAdd.as_view(), name="regulation_add"),
    path(f"{_HOME}rules/<a_key:pk>/wall/", keeping.RegulationHang.as_view(), name="regulation_hang"),
    path(f"{_HOME}activities/add/", keeping.ActivityAdd.as_view(), name="activity_add"),
    path(f"{_HOME}roster/add/", keeping.ServiceAdd.as_view(), name="service_add"),
]


def admin_urls() -> list:
    return [path("homes/", include((urlpatterns, app_name)))]
