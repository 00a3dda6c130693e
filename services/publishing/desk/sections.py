"""Which part of the page tree is whose."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from services.foundation.desk import DeskFormView, DeskListView
from services.foundation.desk_columns import Column, TitleColumn
from services.organizations.models import Organization
from services.publishing import policies
from services.publishing.actions.sections import close_section, open_section
from services.publishing.desk.pages import trail
from services.publishing.forms.desk import SectionForm
from services.publishing.models import Section


class _Keepers:
    def allowed(self):
        return policies.may_keep_sections(self.request.user)


class SectionList(_Keepers, DeskListView):
    model = Section
    page_title = gettext_lazy("Sections of organisations")
    header_icon = "folder-open-inverse"
    index_url_name = "publishing_desk:sections"
    index_results_url_name = "publishing_desk:sections_results"
    default_ordering = ("page__path",)
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Page at which it begins"),
            accessor="page.title",
            get_url=lambda section: reverse("wagtailadmin_explore", args=[section.page_id]),
        ),
        Column("organization", label=gettext_lazy("Organisation"), accessor="organization.name"),
        Column("collection", label=gettext_lazy("Collection of files"), accessor="collection.name"),
        TitleColumn(
            "end",
            label=gettext_lazy("End"),
            accessor=lambda section: _("End this section"),
            get_url=lambda section: reverse("publishing_desk:section_end", args=[section.pk]),
        ),
    ]

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("New section"), url=reverse("publishing_desk:section_add"), icon_name="plus")]

    def rows(self, user):
        return Section.objects.select_related("page", "organization", "collection")


class _SectionForm(_Keepers, DeskFormView):
    header_icon = "folder-open-inverse"

    def get_success_url(self):
        return reverse("publishing_desk:sections")

    def get_breadcrumbs_items(self):
        return trail(self, (reverse("publishing_desk:sections"), _("Sections")), ("", self.get_page_title()))


class AddSection(_SectionForm):
    page_title = gettext_lazy("New section")
    form_class = SectionForm
    intro = gettext_lazy("A part of the site that an organisation writes and publishes itself, with files of its own.")

    def get_form_kwargs(self):
        everybody = Organization.objects.open().filter(depth__gt=1)
        return super().get_form_kwargs() | {"organizations": everybody}

    def act(self, form):
        section = open_section(by=self.request.user, **form.cleaned_data)
        return _("“%(page)s” now belongs to %(organization)s.") % {
            "page": section,
            "organization": section.organization,
        }


class EndSection(_SectionForm):
    page_title = gettext_lazy("End this section")
    submit_label = gettext_lazy("End this section")
    form_class = forms.Form
    danger = True
    intro = gettext_lazy("Pages, files and the collection stay. Only those at the top of the union work on them then.")

    @cached_property
    def section(self) -> Section:
        return get_object_or_404(Section.objects.select_related("page", "organization"), pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.section)

    def act(self, form):
        close_section(self.section, by=self.request.user)
        return _("The section is ended.")
