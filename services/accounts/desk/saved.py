"""Kept views of lists: shown above the list itself, renamed and dropped on a page of their own."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, include, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from services.accounts.actions.saved_views import drop_view, keep_view, rename_view, stated
from services.accounts.models import SavedView
from services.accounts.registry import saved_lists
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.errors import Refused


class SavesViews:
    """Put before a listing that is registered with ``saved_lists`` under its ``index_url_name``: gives its template
    ``saved_views`` (name, address, is this one, its page) and what the form that keeps this one posts."""

    def get_context_data(self, **kwargs):
        here = stated(self.request.GET.urlencode())
        kept = SavedView.objects.filter(user=self.request.user, listing=self.index_url_name)
        views = [
            (one.name, address_of(one), one.query == here, reverse("saved_views:edit", args=[one.pk])) for one in kept
        ]
        return super().get_context_data(saved_views=views, saved_list=self.index_url_name, saved_query=here, **kwargs)


def address_of(view: SavedView) -> str:
    return _address(view.listing, view.query)


def _address(listing: str, query: str) -> str:
    try:
        at = reverse(listing)
    except NoReverseMatch:  # the list is gone: nothing is lost but the way to it
        at = reverse("wagtailadmin_home")
        query = ""
    return f"{at}?{query}" if query else at


class Keep(DeskView, View):
    http_method_names = ["post"]

    def post(self, request):
        listing, query = request.POST.get("listing", ""), request.POST.get("query", "")
        if saved_lists.get(listing) is None:
            raise Http404
        try:
            kept = keep_view(request.user, listing=listing, name=request.POST.get("name", ""), query=query)
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
            return redirect(_address(listing, stated(query)))
        messages.success(request, _("Kept as “%(name)s”.") % {"name": kept.name})
        return redirect(address_of(kept))


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("name of the view"), max_length=40)


class _Hers(DeskView):
    """Somebody else's view doesn't exist for her."""

    @cached_property
    def saved(self) -> SavedView:
        return get_object_or_404(SavedView, pk=self.kwargs["pk"], user=self.request.user)

    def allowed(self):
        self.saved  # noqa: B018 - a foreign one is answered before anything else runs
        return super().allowed()


class Edit(_Hers, DeskFormView):
    page_title = gettext_lazy("Rename the view")
    template_name = "accounts/desk/saved_view.html"
    form_class = NameForm
    header_icon = "view"

    def get_initial(self):
        return {"name": self.saved.name}

    def field_for(self, refusal):
        return "name"

    def act(self, form) -> str:
        rename_view(self.saved, name=form.cleaned_data["name"])
        return _("It is called “%(name)s” now.") % {"name": self.saved.name}

    def get_success_url(self):
        return address_of(self.saved)

    def get_breadcrumbs_items(self):
        title = str(saved_lists.get(self.saved.listing) or "")
        back = {"url": address_of(self.saved), "label": title}
        return [*self.breadcrumbs_items, back, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(drop_url=reverse("saved_views:drop", args=[self.saved.pk]), **kwargs)


class Drop(_Hers, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        drop_view(self.saved)
        messages.success(request, _("The view “%(name)s” was dropped.") % {"name": self.saved.name})
        return redirect(_address(self.saved.listing, ""))


urlpatterns = [
    path("keep/", Keep.as_view(), name="keep"),
    path("<int:pk>/", Edit.as_view(), name="edit"),
    path("<int:pk>/drop/", Drop.as_view(), name="drop"),
]


def admin_urls() -> list:
    return [path("saved-views/", include((urlpatterns, "saved_views")))]
