"""Privacy notices: every version, correcting one nobody agreed to, publishing the next."""

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from services.foundation.desk import DeskFormView, DeskListView
from services.foundation.desk_columns import Column, MomentColumn, TitleColumn
from services.privacy import actions, forms, policies
from services.privacy.models import Notice


class _Keepers:
    def allowed(self):
        return policies.may_keep_notices(self.request.user)


class NoticeList(_Keepers, DeskListView):
    model = Notice
    page_title = gettext_lazy("Privacy notices")
    header_icon = "doc-full"
    index_url_name = "privacy_desk:notices"
    index_results_url_name = "privacy_desk:notices_results"
    default_ordering = ("purpose", "-version")
    list_filter = ["purpose"]
    columns = [
        TitleColumn(
            "title", label=gettext_lazy("Title"), get_url=lambda n: reverse("privacy_desk:notice", args=[n.pk])
        ),
        Column("purpose", label=gettext_lazy("Purpose"), accessor="get_purpose_display"),
        Column("version", label=gettext_lazy("Version")),
        MomentColumn("in_force_from", label=gettext_lazy("In force from")),
        Column("standing", label=gettext_lazy("Standing consents")),
    ]

    def rows(self, user):
        return Notice.objects.annotate(standing=Count("consents", filter=Q(consents__withdrawn_at__isnull=True)))

    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(_("Publish a new version"), url=reverse("privacy_desk:publish"), icon_name="plus"),
            HeaderButton(_("What was erased"), url=reverse("privacy_desk:erasures"), icon_name="bin"),
        ]


class _NoticeForm(_Keepers, DeskFormView):
    header_icon = "doc-full"

    def get_success_url(self):
        return reverse("privacy_desk:notices")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("privacy_desk:notices"), "label": _("Privacy notices")},
            {"url": "", "label": self.get_page_title()},
        ]


class Publish(_NoticeForm):
    page_title = gettext_lazy("Publish a new version")
    submit_label = gettext_lazy("Publish")
    form_class = forms.NewNoticeForm
    intro = gettext_lazy("Women who agreed to the former version are asked again before they use the service.")

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError:
            form.add_error("in_force_from", _("This version would begin before the one it replaces."))
            return self.form_invalid(form)

    def act(self, form):
        notice = actions.publish_notice(by=self.request.user, **form.cleaned_data)
        return _("%(notice)s is published.") % {"notice": notice}


class EditNotice(_NoticeForm):
    page_title = gettext_lazy("Privacy notice")
    form_class = forms.NoticeForm

    @cached_property
    def notice(self) -> Notice:
        return get_object_or_404(Notice, pk=self.kwargs["pk"])

    @cached_property
    def in_use(self) -> bool:
        return self.notice.consents.exists()

    @property
    def intro(self):
        if self.in_use:
            return _("Somebody has agreed to this notice, so its words are fixed. Publish a new version instead.")
        return _("Nobody has agreed to this notice yet, so you can still correct it.")

    def get_page_subtitle(self):
        return str(self.notice)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": get_object_or_404(Notice, pk=self.notice.pk)}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.in_use and self.request.method != "POST":
            for field in form.fields.values():
                field.disabled = True
        return form

    def act(self, form):
        actions.rewrite_notice(self.notice, by=self.request.user, **form.cleaned_data)
        return _("Saved.")
