"""Providers and their sites; a site names the clinic staff who check women in."""

from django.db.models import Count, ProtectedError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet

from services.bookings.models import Provider, Venue
from services.foundation.desk import DeskListView, DeskView
from services.foundation.desk_columns import NumberColumn
from services.screening import actions, policies, queries
from services.screening.desk.access import SiteKeepers
from services.screening.forms.sites import KeptForm, VenueForm


class KeptList(DeskListView):
    """Everything she may use; what she may change leads to its form."""

    def allowed(self):
        return policies.may_enter_desk(self.request.user)

    def rows(self, user):
        hers = queries.in_use_by(user, roles=policies.READERS)
        return queries.of_clinics(self.model.objects.filter(hers)).select_related("organization")

    def get_edit_url(self, instance):
        return self._address(self.edit_url_name, instance)

    def get_delete_url(self, instance):
        return self._address(self.delete_url_name, instance)

    def _address(self, name: str, instance) -> str | None:
        return reverse(name, args=[instance.pk]) if policies.may_keep(self.request.user, instance) else None


class ProviderList(KeptList):
    list_display = ["name", "organization", NumberColumn("sites", label=pgettext_lazy("screening", "Sites"))]
    search_fields = ["name"]
    default_ordering = ("name", "pk")

    def rows(self, user):
        return super().rows(user).annotate(sites=Count("venues"))


class VenueList(KeptList):
    list_display = [
        *("name", "provider", "organization", "address", "phone"),
        NumberColumn("staff", label=_("Clinic staff")),
    ]
    search_fields = ["name", "address", "provider__name"]
    default_ordering = ("provider__name", "name", "pk")

    def rows(self, user):
        return super().rows(user).select_related("provider").annotate(staff=Count("operators"))


class KeptAdd(DeskView, generic.CreateView):
    def allowed(self):
        return policies.may_keep_sites(self.request.user)


class OneKept(DeskView):
    """A page about one provider or site: not found beyond her reach, refused to those who don't keep it."""

    def allowed(self):
        return policies.may_keep(self.request.user, self.found)

    @cached_property
    def found(self):
        within_reach = self.model.objects.filter(queries.in_use_by(self.request.user, roles=policies.READERS))
        return get_object_or_404(queries.of_clinics(within_reach).select_related("organization"), pk=self.kwargs["pk"])

    def get_object(self, queryset=None):
        return self.found


class KeptEdit(OneKept, generic.EditView):
    pass


class KeptUsage(OneKept, UsageView):
    pass


class KeptHistory(OneKept, HistoryView):
    pass


class DeleteUnused(OneKept, generic.DeleteView):
    """What is in use stays, and the page says so."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("It is in use and can't be deleted."))
            return redirect(self.index_url_name)


class SavesOperators:
    """The site is saved by its form, its staff by the action."""

    def save_instance(self):
        venue = super().save_instance()
        actions.assign_operators(venue, users=self.form.cleaned_data["operators"], by=self.request.user)
        return venue


class VenueAdd(SavesOperators, KeptAdd):
    pass


class VenueEdit(SavesOperators, KeptEdit):
    pass


class KeptViewSet(ModelViewSet):
    copy_view_enabled = False
    add_view_class = KeptAdd
    edit_view_class = KeptEdit
    delete_view_class = DeleteUnused
    usage_view_class = KeptUsage
    history_view_class = KeptHistory

    @property
    def permission_policy(self):
        return SiteKeepers(self.model)


class ProviderViewSet(KeptViewSet):
    model = Provider
    name = "screening_providers"
    url_prefix = "screening-providers"
    icon = "group"
    menu_label = _("Providers")
    index_view_class = ProviderList
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("organization")], base_form_class=KeptForm)


class VenueViewSet(KeptViewSet):
    model = Venue
    name = "screening_sites"
    url_prefix = "screening-sites"
    icon = "home"
    menu_label = pgettext_lazy("screening", "Sites")
    index_view_class = VenueList
    add_view_class = VenueAdd
    edit_view_class = VenueEdit
    edit_handler = ObjectList(
        [
            FieldPanel("provider"),
            FieldPanel("name"),
            FieldPanel("organization"),
            MultiFieldPanel(
                [FieldPanel("address"), FieldPanel("phone"), FieldPanel("directions")], heading=_("How to get there")
            ),
            FieldPanel("operators"),
        ],
        base_form_class=VenueForm,
    )


def viewsets() -> list[ModelViewSet]:
    return [ProviderViewSet(), VenueViewSet()]
