"""Routes of the public side: her applications, below /my/cases/."""

from django.urls import path

from services.casework.public import acting, authorisations, complaining, documents, pages, uploads

app_name = "casework"
urlpatterns = [
    path("", pages.cases, name="list"),
    path("authorisations/", authorisations.authorisations, name="authorisations"),
    path("authorisations/<str:token>/revoke/", authorisations.revoke, name="revoke"),
    path("examples/<str:token>.jpg", documents.example, name="example"),
    path("<str:token>/", pages.case, name="case"),
    path("<str:token>/supply/", acting.supply, name="supply"),
    path("<str:token>/withdraw/", acting.withdraw, name="withdraw"),
    path("<str:token>/appeal/", acting.appeal, name="appeal"),
    path("<str:token>/complain/", complaining.complain, name="complain"),
    path("<str:token>/complain/take-back/", complaining.take_back, name="complaint_withdraw"),
    path("<str:token>/take-over/", acting.take_over, name="take_over"),
    path("<str:token>/documents/", documents.documents, name="documents"),
    path("<str:token>/documents/<str:document>/", documents.document, name="document"),
    path("<str:token>/documents/<str:document>/remove/", documents.remove, name="remove"),
    path("<str:token>/uploads/", uploads.begin, name="uploads"),
    path("<str:token>/uploads/<str:upload>/", uploads.upload, name="upload"),
    path("<str:token>/uploads/<str:upload>/finish/", uploads.finish, name="upload_finish"),
]
