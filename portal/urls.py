"""Routes of the whole site. Each app owns its own; the page tree answers what is left."""

from allauth.account.views import logout as account_logout
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms_pages.links import choose_external_link
from portal.pictures import picture
from services.accounts.desk.own_settings import own_settings
from services.publishing.desk.choosing import choose_page_below, choose_pages

urlpatterns = [
    # The desk has one door: Wagtail's own sign-in and password pages lead to it.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_login")),
    path("admin/logout/", account_logout),
    path("admin/account/", own_settings, name="wagtailadmin_account"),
    path("admin/choose-external-link/", choose_external_link),
    path("admin/choose-page/<int:parent_page_id>/", choose_page_below),
    path("admin/choose-page/chosen-multiple/", choose_pages),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("preferences/", include("portal.preferences_urls")),
    path("accounts/", include("services.accounts.urls")),
    path("staff/", include("services.accounts.staff_urls")),
    path("my/cases/", include("services.casework.urls")),
    path("my/claims/", include("services.mutual_aid.claim_urls")),
    path("my/payments/", include("services.payments.urls")),
    path("my/cover/", include("services.mutual_aid.urls")),
    path("my/news/", include("services.outreach.urls")),
    path("my/", include("services.overview.urls")),
    path("record/", include("services.workers.urls")),
    path("messages/", include("services.messaging.urls")),
    path("privacy/", include("services.privacy.urls")),
    path("screening/", include("services.screening.urls")),
    path("activities/", include("services.signups.urls")),
    path("draws/", include("services.bookings.draw_urls")),
    path("homes/", include("services.home_inspections.urls")),
    path("clinic/", include("services.screening.clinic_urls")),
    path("notices/", include("services.casework.notice_urls")),
    path("coverage/", include("services.coverage.urls")),
    path("children/", include("services.child_files.urls")),
    path("certificates/", include("services.mutual_aid.certificate_urls")),
    path("help/", include("services.relief.urls")),
    path("check-in/", include("services.bookings.urls")),
    path("", include("cms_pages.urls")),
    re_path(r"^media/images/(?P<name>[^/]+)$", picture, name="picture"),
    path("", include(wagtail_urls)),
]

handler500 = "portal.failures.server_error"
