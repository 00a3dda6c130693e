"""One page: whom it would reach, telling them, and what was told so far."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages

from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.organizations.queries import top_of_scope
from services.outreach import actions, policies, queries
from services.outreach.forms import AudienceForm
from services.outreach.models import Announcement
from services.outreach.registry import Publication, shelf


class _OfAPage:
    def allowed(self):
        verdict = policies.may_announce(self.request.user)
        if verdict and self.publication is None:
            raise Http404
        return verdict

    @cached_property
    def publication(self) -> Publication | None:
        return shelf.library.publication(self.kwargs["page"])

    def address(self) -> str:
        return reverse("outreach_desk:announce", args=[self.publication.key])


class Announce(_OfAPage, DeskFormView):
    """The first press counts, the second sends: nobody writes to thousands by one click."""

    template_name = "outreach/desk/announce.html"
    form_class = AudienceForm
    header_icon = "mail"
    page_title = gettext_lazy("Tell women of this page")
    submit_label = gettext_lazy("Count whom it reaches")

    def get_page_subtitle(self):
        return self.publication.title

    def get_breadcrumbs_items(self):
        page = reverse("wagtailadmin_pages:edit", args=[self.publication.key])
        return [
            *self.breadcrumbs_items,
            {"url": page, "label": self.publication.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_success_url(self):
        return self.address()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        tops = top_of_scope(self.request.user)
        home = tops.filter(pk=self.publication.organization).first() or tops.first()
        topics = self.publication.topics
        return {"organization": home, "topic": topics[0] if len(topics) == 1 else ""}

    def form_valid(self, form):
        if "send" in self.request.POST:
            return super().form_valid(form)
        chosen = form.cleaned_data
        reach = queries.reach_of(chosen["organization"], chosen["topic"], page=self.publication.key, now=clock.now())
        return self.render_to_response(self.get_context_data(form=form, reach=reach))

    def act(self, form):
        made = actions.announce(self.publication.key, **form.cleaned_data, by=self.request.user, now=clock.now())
        if made.state == "waiting":
            return _("Kept. They are told as soon as the page is published.")
        return _("It goes out now. No text message rings at night.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            publication=self.publication,
            announcements=queries.announcements_of(self.publication.key, self.request.user)[:20],
            few=settings.SMALL_CELL_THRESHOLD,
            **kwargs,
        )


class CallOff(_OfAPage, DeskView, View):
    http_method_names = ["post"]

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            reach = Announcement.objects.visible_to(self.request.user).select_related("organization")
            self.announcement = get_object_or_404(reach, page=self.publication.key, pk=self.kwargs["announcement"])
        return verdict

    def post(self, request, *args, **kwargs):
        if actions.call_off(self.announcement, by=request.user, now=clock.now()):
            reached = self.announcement.reached
            told = ngettext("Stopped. %(n)s woman was told.", "Stopped. %(n)s women were told.", reached)
            messages.success(request, told % {"n": reached})
        return redirect(self.address())
