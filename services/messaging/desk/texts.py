"""The words of every message, by channel and language."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import Button

from services.foundation.desk import DeskFormView, DeskListView
from services.foundation.desk_columns import Column, TitleColumn
from services.messaging import actions, policies
from services.messaging.forms import TemplateForm
from services.messaging.models import MessageTemplate


class Keepers:
    def allowed(self):
        return policies.may_keep_messages(self.request.user)


class TextList(Keepers, DeskListView):
    model = MessageTemplate
    page_title = gettext_lazy("Message texts")
    header_icon = "mail"
    index_url_name = "messaging_desk:texts"
    index_results_url_name = "messaging_desk:texts_results"
    default_ordering = ("key", "language", "channel")
    search_fields = ["key", "subject", "body"]
    list_filter = ["channel", "language", "active", "edited"]
    columns = [
        TitleColumn(
            "what",
            label=gettext_lazy("Message"),
            accessor="description",
            get_url=lambda row: reverse("messaging_desk:text", args=[row.pk]),
        ),
        Column("channel", label=gettext_lazy("Channel"), accessor="get_channel_display"),
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display"),
        Column("body", label=gettext_lazy("Text")),
        BooleanColumn("edited", label=gettext_lazy("Changed by staff")),
        BooleanColumn("active", label=gettext_lazy("In use")),
    ]

    def rows(self, user):
        return MessageTemplate.objects.all()

    @cached_property
    def header_more_buttons(self):
        return [Button(_("Delivery log"), url=reverse("messaging_desk:log"), icon_name="history", priority=20)]


class EditText(Keepers, DeskFormView):
    page_title = gettext_lazy("Message text")
    header_icon = "mail"
    form_class = TemplateForm
    intro = gettext_lazy("No illness, no hardship, no name and no number of a person: others may read it too.")

    @cached_property
    def text(self) -> MessageTemplate:
        return get_object_or_404(MessageTemplate, pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return f"{self.text.description} · {self.text.get_channel_display()} · {self.text.get_language_display()}"

    def get_success_url(self):
        return reverse("messaging_desk:texts")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("messaging_desk:texts"), "label": _("Message texts")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": get_object_or_404(MessageTemplate, pk=self.text.pk)}

    def act(self, form):
        actions.edit_template(self.text, by=self.request.user, **form.cleaned_data)
        return _("Saved.")
