"""Providers and their sites, as snippets; a site names the clinic staff who check women in."""

from django.db.models import Count, ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import NumberColumn
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet

from services.bookings.models import Provider, Venue
from services.screening import actions
from services.screening.desk.access import SiteKeepers
from services.screening.forms.sites import VenueForm


class SavesOperators:
    """The site is saved by its form, its staff by the action."""

    def save_instance(self):
        venue = super().save_instance()
        actions.assign_operators(venue, users=self.form.cleaned_data["operators"], by=self.request.user)
        return venue


class VenueCreate(SavesOperators, CreateView):
    pass


class VenueEdit(SavesOperators, EditView):
    pass


class DeleteUnused(DeleteView):
    """What is in use stays, and the page says so."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("It is in use and can't be deleted."))
            return redirect(self.index_url_name)


class ProviderViewSet(SnippetViewSet):
    model = Provider
    icon = "group"
    menu_label = _("Providers")
    url_prefix = "screening-providers"
    url_namespace = "screening_providers"
    permission_policy = SiteKeepers(Provider)
    copy_view_enabled = False
    delete_view_class = DeleteUnused
    list_display = ["name", NumberColumn("sites", label=_("Sites"))]
    search_fields = ["name"]
    ordering = ["name"]
    panels = [FieldPanel("name")]

    def get_queryset(self, request):
        return Provider.objects.annotate(sites=Count("venues"))


class VenueViewSet(SnippetViewSet):
    model = Venue
    icon = "home"
    menu_label = _("Sites")
    url_prefix = "screening-sites"
    url_namespace = "screening_sites"
    permission_policy = SiteKeepers(Venue)
    copy_view_enabled = False
    delete_view_class = DeleteUnused
    add_view_class = VenueCreate
    edit_view_class = VenueEdit
    list_display = ["name", "provider", "address", "phone", NumberColumn("staff", label=_("Clinic staff"))]
    search_fields = ["name", "address", "provider__name"]
    ordering = ["provider__name", "name"]
    edit_handler = ObjectList(
        [
            FieldPanel("provider"),
            FieldPanel("name"),
            MultiFieldPanel(
                [FieldPanel("address"), FieldPanel("phone"), FieldPanel("directions")], heading=_("How to get there")
            ),
            FieldPanel("operators"),
        ],
        base_form_class=VenueForm,
    )

    def get_queryset(self, request):
        return Venue.objects.select_related("provider").annotate(staff=Count("operators"))
