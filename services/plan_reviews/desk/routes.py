"""Routes of evaluations, below /admin/plans/. Problems are named by random tokens."""

from django.urls import include, path

from services.plan_reviews.desk import drill, evaluations, goals, issues, logs
from services.plan_reviews.desk.pages import NAMESPACE

app_name = NAMESPACE
_PLAN = "<int:pk>/"
_ISSUE = "problems/<str:token>/"
urlpatterns = [
    path("", evaluations.Plans.as_view(), name="plans"),
    path("new/", goals.MakePlan.as_view(), name="plan_make"),
    path("samples/", goals.LoadSamples.as_view(), name="samples"),
    path(f"{_PLAN}", evaluations.EvaluationScreen.as_view(), name="evaluation"),
    path(f"{_PLAN}print/", evaluations.EvaluationPrinted.as_view(), name="evaluation_print"),
    path(f"{_PLAN}workbook/", evaluations.EvaluationWorkbook.as_view(), name="evaluation_workbook"),
    path(f"{_PLAN}indicators/<slug:indicator>/", drill.Drill.as_view(), name="drill"),
    path(f"{_PLAN}goals/", goals.Goals.as_view(), name="goals"),
    path(f"{_PLAN}goals/add/", goals.AddGoal.as_view(), name="goal_add"),
    path(f"{_PLAN}goals/<int:goal>/target/", goals.SetTarget.as_view(), name="target_set"),
    path(f"{_PLAN}goals/<int:goal>/judge/", goals.JudgeGoal.as_view(), name="goal_judge"),
    path("problems/", issues.IssueList.as_view(), name="issues"),
    path("problems/results/", issues.IssueList.as_view(results_only=True), name="issues_results"),
    path(f"{_ISSUE}", issues.IssuePage.as_view(), name="issue"),
    path(f"{_ISSUE}measure/", issues.Assign.as_view(), name="issue_assign"),
    path(f"{_ISSUE}hand-in/", issues.HandIn.as_view(), name="issue_hand_in"),
    path(f"{_ISSUE}close/", issues.Close.as_view(), name="issue_close"),
    path(f"{_ISSUE}give-back/", issues.GiveBack.as_view(), name="issue_give_back"),
    path(f"{_ISSUE}visit/", issues.RecordVisit.as_view(), name="issue_visit"),
    path("work/", logs.Work.as_view(), name="work"),
    path("trainings/", logs.Trainings.as_view(), name="trainings"),
    path("trainings/results/", logs.Trainings.as_view(results_only=True), name="trainings_results"),
    path("trainings/add/", logs.AddTraining.as_view(), name="trainings_add"),
    path("trainings/<int:pk>/strike/", logs.StrikeTraining.as_view(), name="trainings_strike"),
    path("publicity/", logs.PublicityList.as_view(), name="publicity"),
    path("publicity/results/", logs.PublicityList.as_view(results_only=True), name="publicity_results"),
    path("publicity/add/", logs.AddPublicity.as_view(), name="publicity_add"),
    path("publicity/<int:pk>/strike/", logs.StrikePublicity.as_view(), name="publicity_strike"),
    path("inclusions/", logs.Inclusions.as_view(), name="inclusions"),
    path("inclusions/results/", logs.Inclusions.as_view(results_only=True), name="inclusions_results"),
    path("inclusions/add/", logs.AddInclusion.as_view(), name="inclusions_add"),
    path("inclusions/<int:pk>/strike/", logs.StrikeInclusion.as_view(), name="inclusions_strike"),
]


def admin_urls() -> list:
    return [path("plans/", include("services.plan_reviews.desk.routes"))]
