"""One organisation on one page, and the forms that change it. Each form calls one action."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import registry as log_registry

from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.organizations import actions, errors, forms, policies, queries
from services.organizations.desk.lists import level_below, page_of
from services.organizations.models import Organization


class OneOrganization:
    """The organisation named in the URL, when it lies in her scope; 404 else. Breadcrumbs down to it."""

    header_icon = "site"

    @cached_property
    def organization(self) -> Organization:
        visible = Organization.objects.visible_to(self.request.user)
        return get_object_or_404(visible, code=self.kwargs["code"])

    @cached_property
    def visible_ancestors(self) -> list[Organization]:
        line = queries.ancestors_and_self(self.organization)
        return [place for place in line if policies.may_see(self.request.user, place)]

    def get_success_url(self) -> str:
        return page_of(self.organization)

    def get_breadcrumbs_items(self):
        start = [*self.breadcrumbs_items, {"url": reverse("organizations_desk:list"), "label": _("Organisations")}]
        return start + [{"url": page_of(place), "label": place.name} for place in self.visible_ancestors]


class OrganizationPage(OneOrganization, DeskView, WagtailAdminTemplateMixin, TemplateView):
    template_name = "organizations/desk/organization.html"

    def allowed(self):
        return policies.may_see(self.request.user, self.organization)

    def get_page_title(self):
        return self.organization.name

    @cached_property
    def header_buttons(self):
        if not policies.may_manage(self.request.user, self.organization) or self.organization.closed_on:
            return []
        add = reverse("organizations_desk:add", args=[self.organization.code])
        return [HeaderButton(_("Add below"), url=add, icon_name="plus")]

    @cached_property
    def header_more_buttons(self):
        user, place, buttons = self.request.user, self.organization, []
        if policies.may_manage(user, place):
            buttons.append(self._button(_("Edit"), "edit", "edit", 10))
        if policies.may_restructure(user, place) and not place.closed_on:
            buttons.append(self._button(_("Move the organisation"), "move", "arrow-right-full", 20))
            buttons.append(self._button(_("Merge it into another one"), "merge", "resubmit", 25))
            buttons.append(self._button(_("Split a new one off"), "split", "plus", 27))
            buttons.append(self._button(_("Close the organisation"), "close", "cross", 30))
        return buttons

    def _button(self, label, view, icon, priority):
        url = reverse(f"organizations_desk:{view}", args=[self.organization.code])
        return Button(label, url=url, icon_name=icon, priority=priority)

    def get_context_data(self, **kwargs):
        user, place = self.request.user, self.organization
        table, children = level_below(place, self.request.GET.get("p"))
        posts = list(queries.assignments_at(place)[:100])
        today = clock.today()
        for post in posts:
            post.over = bool(post.valid_until and post.valid_until < today)
            post.may_end = not post.over and bool(policies.may_end(user, post))
        return super().get_context_data(
            organization=place,
            above=self.visible_ancestors[:-1],
            table=table,
            page_obj=children,
            elided_page_range=children.paginator.get_elided_page_range(children.number),
            units=queries.units_below([place.path])[place.path],
            women=queries.people_below([place.path])[place.path],
            posts=posts,
            may_assign=bool(policies.assignable_roles(user, place)) and not place.closed_on,
            history=log_registry.get_logs_for_instance(place).select_related("user")[:20],
            **kwargs,
        )


class OrganizationFormPage(OneOrganization, DeskFormView):
    """A form about the organisation in the URL."""

    def get_page_subtitle(self):
        return self.organization.name

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class AddBelow(OrganizationFormPage):
    page_title = gettext_lazy("Add an organisation")
    form_class = forms.OrganizationForm
    submit_label = gettext_lazy("Add")

    def allowed(self):
        return policies.may_manage(self.request.user, self.organization)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"parent": self.organization}

    def field_for(self, refusal):
        return {errors.CodeTaken: "code", errors.CodeUnusable: "code", errors.KindNotAllowed: "kind"}.get(type(refusal))

    def act(self, form):
        self.made = actions.create_organization(parent=self.organization, by=self.request.user, **form.cleaned_data)
        return _("%(name)s was added.") % {"name": self.made.name}

    def get_success_url(self):
        return page_of(getattr(self, "made", self.organization))


class Edit(OrganizationFormPage):
    page_title = gettext_lazy("Edit")
    form_class = forms.OrganizationForm

    def allowed(self):
        return policies.may_manage(self.request.user, self.organization)

    def get_form_kwargs(self):
        fresh = Organization.objects.get(pk=self.organization.pk)
        return super().get_form_kwargs() | {"parent": fresh.get_parent(), "instance": fresh}

    def field_for(self, refusal):
        return "kind" if isinstance(refusal, errors.KindNotAllowed) else None

    def act(self, form):
        actions.edit_organization(self.organization, by=self.request.user, **form.cleaned_data)
        return _("Saved.")


class Move(OrganizationFormPage):
    page_title = gettext_lazy("Move the organisation")
    form_class = forms.MoveForm
    submit_label = gettext_lazy("Move it with everything below it")
    intro = gettext_lazy(
        "Everything below moves too: organisations, women workers, posts. "
        "Officers above the old place lose sight of them at once; officers above the new place gain it."
    )

    def allowed(self):
        return policies.may_restructure(self.request.user, self.organization)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "organization": self.organization}

    def field_for(self, refusal):
        return "reason" if isinstance(refusal, errors.ReasonMissing) else "to"

    def act(self, form):
        to = form.cleaned_data["to"]
        actions.move_branch(self.organization, to=to, by=self.request.user, reason=form.cleaned_data["reason"])
        return _("%(name)s now stands under %(parent)s.") % {"name": self.organization.name, "parent": to.name}


class Close(OrganizationFormPage):
    page_title = gettext_lazy("Close the organisation")
    form_class = forms.ReasonForm
    submit_label = gettext_lazy("Close the organisation")
    danger = True
    intro = gettext_lazy("A closed organisation keeps its history but takes no women, no places and no posts.")

    def allowed(self):
        return policies.may_restructure(self.request.user, self.organization)

    def act(self, form):
        reason = form.cleaned_data["reason"]
        actions.close_organization(self.organization, by=self.request.user, on=clock.today(), reason=reason)
        return _("%(name)s is closed.") % {"name": self.organization.name}


class GivePost(OrganizationFormPage):
    page_title = gettext_lazy("Give a post")
    form_class = forms.PostForm
    submit_label = gettext_lazy("Give the post")

    def allowed(self):
        roles = policies.assignable_roles(self.request.user, self.organization)
        return policies.ALLOWED if roles else policies.NOT_HELD

    def get_initial(self):
        return {"valid_from": clock.today()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "organization": self.organization}

    def field_for(self, refusal):
        return {
            errors.NotStaff: "username",
            errors.RolesConflict: "role",
            errors.EndsBeforeItBegins: "valid_until",
        }.get(type(refusal))

    def act(self, form):
        data = form.cleaned_data
        actions.assign_staff(
            data["person"],
            organization=self.organization,
            role=data["role"],
            by=self.request.user,
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )
        return _("The post was given.")


class EndPost(OrganizationFormPage):
    page_title = gettext_lazy("End the post")
    form_class = forms.forms.Form
    submit_label = gettext_lazy("End it now")
    danger = True
    intro = gettext_lazy("She loses access with her very next click. The post stays in the history.")

    @cached_property
    def post_held(self):
        held = queries.assignments_at(self.organization).filter(pk=self.kwargs["post"]).first()
        if held is None:
            raise Http404
        return held

    def allowed(self):
        return policies.may_end(self.request.user, self.post_held)

    def get_page_subtitle(self):
        return f"{self.post_held.user} · {self.post_held.get_role_display()}"

    def act(self, form):
        actions.end_assignment(self.post_held, by=self.request.user, on=clock.today())
        return _("The post has ended.")
