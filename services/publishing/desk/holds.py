"""What is held back, with its places; and signing for it."""

from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import DateColumn

from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskListView
from services.foundation.desk_columns import Column, NumberColumn, TitleColumn
from services.publishing import policies
from services.publishing.actions import guard
from services.publishing.desk.pages import OnThisDesk, Signposts, trail
from services.publishing.enums import Subject
from services.publishing.errors import ReasonTooShort
from services.publishing.forms.desk import SignForm
from services.publishing.forms.filters import HoldFilterSet
from services.publishing.models import Hold
from services.publishing.queries import holds
from services.publishing.queries.review import parts_of
from services.publishing.wording import lines_of, standing_of


class HoldList(OnThisDesk, Signposts, DeskListView):
    model = Hold
    page_title = gettext_lazy("Held back from the public")
    header_icon = "warning"
    index_url_name = "publishing_desk:holds"
    index_results_url_name = "publishing_desk:holds_results"
    default_ordering = ("-created_at", "-pk")
    filterset_class = HoldFilterSet
    listing = "publication-holds"
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Title"),
            get_url=lambda hold: reverse("publishing_desk:one", args=[hold.pk]),
        ),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_subject_type_display"),
        NumberColumn("places", label=gettext_lazy("Places found")),
        Column("through", label=gettext_lazy("On the way"), accessor="get_through_display"),
        DateColumn("created_at", label=gettext_lazy("Since"), sort_key="created_at"),
        Column("standing", label=pgettext_lazy("of something held back", "Standing"), accessor=standing_of),
    ]

    def rows(self, user):
        return holds.listed_for(user)


class OneHold(OnThisDesk, DeskFormView):
    template_name = "publishing/desk/hold.html"
    header_icon = "warning"
    page_title = gettext_lazy("Held back from the public")
    submit_label = gettext_lazy("Sign and go on")
    form_class = SignForm

    def allowed(self):
        allowed = super().allowed()
        if allowed and self.request.method == "POST":
            return policies.may_sign(self.request.user, self.hold, self.subject)
        return allowed

    @cached_property
    def hold(self) -> Hold:
        return get_object_or_404(holds.visible_to(self.request.user).select_related("signature"), pk=self.kwargs["pk"])

    @cached_property
    def subject(self):
        found = holds.subject_of(self.hold)
        if found is None:
            raise Http404
        return found

    def get_page_subtitle(self):
        return self.hold.title

    def get_breadcrumbs_items(self):
        return trail(self, (reverse("publishing_desk:holds"), _("Held back")), ("", self.hold.title))

    def field_for(self, refusal):
        return "reason" if isinstance(refusal, ReasonTooShort) else None

    def get_success_url(self):
        return reverse("publishing_desk:one", args=[self.hold.pk])

    def act(self, form):
        guard.sign(self.hold, by=self.request.user, reason=form.cleaned_data["reason"], now=clock.now())
        self.hold.refresh_from_db()
        return {
            "approved": _("You have signed, and the step of moderation is approved."),
            "published": _("You have signed, and the page is published."),
            "scheduled": _("You have signed, and the page goes live at its time."),
            "nothing": _("You have signed."),
        }[guard.go_on(self.hold, by=self.request.user)]

    def get_context_data(self, **kwargs):
        hold = self.hold
        found, unread = parts_of(hold)
        people = get_user_model().objects.filter(pk__in=hold.authors)
        context = {
            "hold": hold,
            "lines": lines_of(found, unread),
            "standing": standing_of(hold),
            "verdict": policies.may_sign(self.request.user, hold, self.subject),
            "open": not hold.closed_at and not hasattr(hold, "signature"),
            "written_by": "、".join(person.full_name for person in people),
            "links": self._links(),
        }
        return super().get_context_data(**kwargs) | context

    def _links(self) -> list[tuple[str, str]]:
        key = self.subject.pk
        if self.hold.subject_type == Subject.DOCUMENT:
            return [(_("Open the document"), self.subject.url), (_("Edit"), reverse("wagtaildocs:edit", args=[key]))]
        links = [
            (_("See the draft"), reverse("wagtailadmin_pages:view_draft", args=[key])),
            (_("Edit"), reverse("wagtailadmin_pages:edit", args=[key])),
        ]
        if self.subject.live and self.hold.revision_id and self.hold.revision_id != self.subject.live_revision_id:
            compare = reverse("wagtailadmin_pages:revisions_compare", args=[key, "live", self.hold.revision_id])
            links.append((_("Compare with the public version"), compare))
        return links
