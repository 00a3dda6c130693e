"""Certificates of an activity: who has one, issuing them, printing one, declaring one invalid."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.foundation import clock
from services.foundation.desk_columns import Column, LinkColumn, StatusTagColumn
from services.foundation.verdict import ALLOWED
from services.signups import actions, errors, policies, queries
from services.signups.certificates import certificate_of
from services.signups.desk.pages import ActionForm, ActivityPage, Confirm, DeskPage, ManagerPage, desk_url
from services.signups.forms.activity import RevokeForm


class CertificateList(ActivityPage, BaseListingView):
    """Those of the women within her reach."""

    page_title = _("Certificates")
    verbose_name_plural = _("certificates")
    paginate_by = 30
    default_ordering = "-pk"
    is_searchable = False
    index_url_name = "signups_desk:certificates"
    results_template_name = "desk/list_results.html"

    def get_index_url(self):
        return desk_url("certificates", self.activity.code)

    def get_base_queryset(self):
        return queries.certificates_for(self.request.user).filter(activity=self.activity)

    @cached_property
    def columns(self):
        found = [
            Column("number", label=_("Number")),
            Column("worker.name", label=pgettext_lazy("person", "Name")),
            Column("worker.organization.name", label=_("Union")),
            Column("hours", label=pgettext_lazy("activity", "Hours")),
            StatusTagColumn(
                "valid",
                label=_("State"),
                accessor=lambda one: _("Valid") if one.valid else _("Invalid"),
                primary=lambda one: one.valid,
            ),
            LinkColumn(
                "print", label=_("Paper"), words=_("Print"), address=lambda one: desk_url("certificate", one.token)
            ),
        ]
        if self.may_manage:
            found.append(
                LinkColumn(
                    "revoke",
                    label=pgettext_lazy("certificate", "Change"),
                    words=_("Declare invalid"),
                    address=lambda one: desk_url("certificate_revoke", one.token) if one.valid else "",
                )
            )
        return found

    @cached_property
    def header_buttons(self):
        if not self.may_manage or not self.activity.certificates:
            return []
        issue = desk_url("certificates_issue", self.activity.code)
        return [HeaderButton(_("Issue certificates"), url=issue, icon_name="plus")]


class CertificateIssue(Confirm, ManagerPage):
    page_title = submit_label = _("Issue certificates")
    intro = _(
        "Every woman who came to a session that is over gets a certificate with the title and the hours as they stand "
        "now, and is told. Whoever has one keeps it."
    )

    def get_success_url(self):
        return desk_url("certificates", self.activity.code)

    def act(self, form):
        issued = actions.issue_certificates(self.activity, by=self.request.user, now=clock.now())
        return ngettext("%(count)s certificate is issued.", "%(count)s certificates are issued.", issued) % {
            "count": issued
        }


class OneCertificate(DeskPage):
    """One within her reach; any other is not found."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = queries.certificates_for(request.user).select_related("activity__organization", "booking__session")
        self.certificate = get_object_or_404(rows, token=kwargs["token"])
        self.activity = self.certificate.activity

    def allowed(self):
        return ALLOWED

    def trail(self):
        crumbs = [
            {"url": desk_url("activity", self.activity.code), "label": self.activity.title},
            {"url": desk_url("certificates", self.activity.code), "label": _("Certificates")},
        ]
        return [*super().trail(), *crumbs]

    def get_success_url(self):
        return desk_url("certificates", self.activity.code)


class CertificatePrint(OneCertificate, TemplateView):
    def get(self, request, *args, **kwargs):
        context = certificate_of(self.certificate, now=clock.now()) | {"back": self.get_success_url()}
        return TemplateResponse(request, "signups/certificate.html", context)


class CertificateRevoke(ActionForm, OneCertificate):
    page_title = submit_label = _("Declare invalid")
    form_class = RevokeForm
    danger = True
    field_of = {errors.RevocationReasonMissing.code: "reason"}

    def allowed(self):
        return policies.may_manage(self.request.user, self.activity)

    @property
    def intro(self):
        words = {"number": self.certificate.number}
        return _("Whoever checks the code of %(number)s reads at once that it isn't valid. It can't be undone.") % words

    def act(self, form):
        actions.revoke_certificate(
            self.certificate, reason=form.cleaned_data["reason"], by=self.request.user, now=clock.now()
        )
        return _("The certificate is invalid from now on.")
