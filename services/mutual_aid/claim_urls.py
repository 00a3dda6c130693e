"""Routes of her side: am I covered on that day, and her own claim."""

from django.urls import path

from services.mutual_aid.public.claims import covered, parts, sending

app_name = "claims"

urlpatterns = [
    path("", covered.start, name="start"),
    path("begin/", covered.begin, name="begin"),
    path("<str:token>/", sending.Tasks.as_view(), name="tasks"),
    path("<str:token>/diagnosis/", parts.Diagnosis.as_view(), name="diagnosis"),
    path("<str:token>/treatment/", parts.Treatment.as_view(), name="treatment"),
    path("<str:token>/account/", parts.Account.as_view(), name="account"),
    path("<str:token>/check/", sending.Check.as_view(), name="check"),
    path("<str:token>/sent/", sending.sent, name="sent"),
    path("<str:token>/what-i-sent/", sending.what_i_sent, name="what_i_sent"),
    path("<str:token>/appeal/", sending.appeal, name="appeal"),
]
