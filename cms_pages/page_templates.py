"""Page templates at the desk: the list of them, and a new page begun from one in a minute."""

from django import forms
from django.http import Http404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms_pages.actions import make_from_template
from cms_pages.models import TemplateFolder
from services.foundation.area import DeskArea
from services.foundation.desk import DeskFormView, DeskListView
from services.foundation.desk_columns import Column, TitleColumn
from services.foundation.verdict import ALLOWED, Verdict

_DAY = {"type": "date"}


def may_use_templates(user) -> Verdict:
    """Whoever writes pages anywhere. A page is then made only where she may add one."""
    if user_has_any_page_permission(user):
        return ALLOWED
    return Verdict(False, gettext_lazy("Page templates are for those who write pages."))


def templates():
    """Every page in a folder of templates, by kind and title."""
    folders = TemplateFolder.objects.all()
    found = Page.objects.none()
    for folder in folders:
        found = found | Page.objects.child_of(folder)
    return found.select_related("content_type")


def places_for(template: Page, user) -> list[Page]:
    """Where she may add a page of the template's kind, in the order of the tree; never among the templates."""
    kinds = [model for model in template.specific_class.allowed_parent_page_models() if model is not TemplateFolder]
    places = [page for kind in kinds for page in kind.objects.order_by("path")]
    return [place for place in places if place.permissions_for_user(user).can_add_subpage()]


class TemplateList(DeskListView):
    model = Page
    page_title = gettext_lazy("Page templates")
    header_icon = "copy"
    index_url_name = "page_templates:list"
    index_results_url_name = "page_templates:list_results"
    default_ordering = ("content_type", "title")
    is_searchable = False
    columns = [
        TitleColumn(
            "title",
            label=pgettext_lazy("of pages", "Template"),
            accessor="draft_title",
            get_url=lambda page: reverse("page_templates:use", args=[page.pk]),
        ),
        Column("kind", label=pgettext_lazy("of a template", "Makes"), accessor=lambda page: page.content_type.name),
        DateColumn("changed", label=gettext_lazy("Last changed"), accessor="latest_revision_created_at"),
    ]

    def allowed(self):
        return may_use_templates(self.request.user)

    def rows(self, user):
        return templates()

    @cached_property
    def header_more_buttons(self):
        folder = TemplateFolder.objects.first()
        if folder is None or not folder.permissions_for_user(self.request.user).can_add_subpage():
            return []
        url = reverse("wagtailadmin_explore", args=[folder.pk])
        return [Button(_("Edit templates"), url=url, icon_name="edit", priority=20)]


class FromTemplateForm(forms.Form):
    """A title, and a period where the kind of page has one; the place where there are several."""

    title = forms.CharField(label=pgettext_lazy("of a page", "Title"), max_length=255)
    starts_on = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    place = forms.ChoiceField(label=gettext_lazy("Where it will stand"))

    def __init__(self, *args, places: list[Page], dated: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not dated:
            del self.fields["starts_on"], self.fields["ends_on"]
        self.places = {str(page.pk): page for page in places}
        self.fields["place"].choices = [(key, page.title) for key, page in self.places.items()]
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.fields["place"].initial = next(iter(self.places))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["starts_on"] > cleaned["ends_on"]:
            self.add_error("ends_on", _("It must start before it ends."))
        return cleaned


class UseTemplate(DeskFormView):
    header_icon = "copy"
    page_title = gettext_lazy("New page from a template")
    form_class = FromTemplateForm
    submit_label = gettext_lazy("Make the draft")
    intro = gettext_lazy(
        "Everything of the template is copied, its programme moves to the new dates. You then change what differs; "
        "nothing is public before it is published."
    )

    def allowed(self):
        return may_use_templates(self.request.user)

    @cached_property
    def template_page(self) -> Page:
        page = templates().filter(pk=self.kwargs["key"]).first()
        if page is None:
            raise Http404
        return page.specific

    @cached_property
    def places(self) -> list[Page]:
        return places_for(self.template_page, self.request.user)

    def dispatch(self, request, *args, **kwargs):
        if may_use_templates(request.user) and not self.places:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.template_page.draft_title

    def get_form_kwargs(self):
        dated = hasattr(self.template_page, "starts_on")
        return super().get_form_kwargs() | {"places": self.places, "dated": dated}

    def get_success_url(self):
        made = getattr(self, "made", None)
        return reverse("wagtailadmin_pages:edit", args=[made.pk]) if made else reverse("page_templates:list")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("page_templates:list"), "label": _("Page templates")},
            {"url": "", "label": self.get_page_title()},
        ]

    def act(self, form):
        given = form.cleaned_data
        self.made = make_from_template(
            self.template_page,
            to=form.places[given["place"]],
            title=given["title"],
            by=self.request.user,
            starts_on=given.get("starts_on"),
            ends_on=given.get("ends_on"),
        )
        return _("The draft is made. Change what differs from the template.")


class PageTemplatesDesk(DeskArea):
    name = "page_templates"
    url_prefix = "page-templates"
    menu_label = gettext_lazy("New page from a template")
    icon = "copy"
    menu_name = "page-templates"
    menu_order = 605
    add_to_admin_menu = True

    @staticmethod
    def may_enter(user):
        return may_use_templates(user)

    def get_urlpatterns(self):
        return [
            path("", TemplateList.as_view(), name="list"),
            path("results/", TemplateList.as_view(results_only=True), name="list_results"),
            path("<int:key>/", UseTemplate.as_view(), name="use"),
        ]
