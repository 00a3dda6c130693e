"""Staff accounts: the list, adding, editing, and the one page for passwords, second factors and sessions."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from services.accounts import actions, policies, queries
from services.accounts.forms import StaffAccountForm
from services.accounts.models import User
from services.foundation.desk import DeskFormView, DeskListView, DeskView
from services.foundation.desk_columns import Column, TitleColumn


class _Keepers:
    def allowed(self):
        return policies.may_manage_staff(self.request.user)


class StaffList(_Keepers, DeskListView):
    model = User
    page_title = gettext_lazy("Staff accounts")
    header_icon = "user"
    index_url_name = "wagtailusers_users:index"
    index_results_url_name = "wagtailusers_users:index_results"
    default_ordering = "username"
    search_fields = ["username", "first_name"]
    list_filter = ["is_active", "must_change_password"]
    columns = [
        TitleColumn(
            "first_name",
            label=gettext_lazy("Full name"),
            accessor="full_name",
            sort_key="first_name",
            get_url=lambda user: reverse("wagtailusers_users:edit", args=[user.pk]),
        ),
        Column("username", label=gettext_lazy("User name"), sort_key="username"),
        BooleanColumn("has_factor", label=gettext_lazy("Second factor")),
        BooleanColumn("is_active", label=gettext_lazy("Open"), sort_key="is_active"),
        DateColumn("seen_at", label=gettext_lazy("Last seen"), sort_key="seen_at"),
    ]

    def rows(self, user):
        factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return queries.staff_within_reach(user, roles=policies.KEEPERS).annotate(has_factor=Exists(factor))

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Add a staff account"), url=reverse("wagtailusers_users:add"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self):
        return [Button(_("Sign-in log"), url=reverse("wagtailusers_users:sign_ins"), icon_name="history", priority=20)]


class _Form(_Keepers, DeskFormView):
    form_class = StaffAccountForm
    header_icon = "user"

    def get_success_url(self):
        return reverse("wagtailusers_users:index")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailusers_users:index"), "label": _("Staff accounts")},
            {"url": "", "label": self.get_page_title()},
        ]


class _OneStaff:
    """The staff account named in the URL; women workers' accounts and those beyond reach don't exist here."""

    @cached_property
    def account(self) -> User:
        within_reach = queries.staff_within_reach(self.request.user, roles=policies.KEEPERS)
        return get_object_or_404(within_reach, pk=self.kwargs["pk"])

    def allowed(self):
        keeper = policies.may_manage_staff(self.request.user)
        return policies.may_manage(self.request.user, self.account) if keeper else keeper


class AddStaff(_Form):
    page_title = gettext_lazy("Add a staff account")
    submit_label = gettext_lazy("Add")
    intro = gettext_lazy(
        "The account starts with a temporary password, shown once on the next page. "
        "What she may do follows from the posts you give her at an organisation."
    )

    def form_valid(self, form):
        user, password = actions.create_staff(
            username=form.cleaned_data["username"],
            full_name=form.cleaned_data["first_name"],
            email=form.cleaned_data["email"],
            by=self.request.user,
        )
        return show_password(self.request, user, password)


class EditStaff(_OneStaff, _Form):
    page_title = gettext_lazy("Staff account")

    def get_page_subtitle(self):
        return self.account.full_name

    @cached_property
    def header_buttons(self):
        access = reverse("wagtailusers_users:access", args=[self.account.pk])
        return [HeaderButton(_("Password, second factor, sessions"), url=access, icon_name="key")]

    def get_form_kwargs(self):
        fresh = queries.staff().get(pk=self.account.pk)
        return super().get_form_kwargs() | {"instance": fresh, "may_close": self.request.user != self.account}

    def act(self, form):
        actions.edit_staff(
            self.account,
            username=form.cleaned_data["username"],
            full_name=form.cleaned_data["first_name"],
            email=form.cleaned_data["email"],
            is_active=form.cleaned_data.get("is_active", True),
            by=self.request.user,
        )
        return _("Saved.")


class Access(_OneStaff, DeskView, WagtailAdminTemplateMixin, TemplateView):
    """Reset a password, remove a lost second factor, end all sessions: each a post of its own."""

    template_name = "accounts/desk/access.html"
    page_title = gettext_lazy("Password, second factor, sessions")
    header_icon = "key"

    def get_page_subtitle(self):
        return self.account.full_name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailusers_users:index"), "label": _("Staff accounts")},
            {"url": reverse("wagtailusers_users:edit", args=[self.account.pk]), "label": self.account.full_name},
            {"url": "", "label": self.get_page_title()},
        ]

    def post(self, request, *args, **kwargs):
        wanted = request.POST.get("do")
        if wanted == "password":
            return show_password(request, self.account, actions.reset_staff_password(self.account, by=request.user))
        if wanted == "factor":
            actions.remove_second_factor(self.account, by=request.user)
            messages.success(request, _("The second factor is removed. She sets up a new one when she next signs in."))
        elif wanted == "sessions":
            ended = actions.end_staff_sessions(self.account, by=request.user)
            words = ngettext("%(number)s session ended.", "%(number)s sessions ended.", ended)
            messages.success(request, words % {"number": ended})
        else:
            raise PermissionDenied
        return redirect("wagtailusers_users:access", pk=self.account.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            account=self.account,
            has_factor=Authenticator.objects.filter(user=self.account, type=Authenticator.Type.TOTP).exists(),
            sessions=queries.sessions_of(self.account),
            reset=policies.may_reset(self.request.user, self.account),
            **kwargs,
        )


def show_password(request, user: User, password: str) -> TemplateResponse:
    """The page that shows a temporary password this once; it is stored nowhere in clear."""
    context = {"account": user, "password": password, "page_title": _("Temporary password"), "header_icon": "key"}
    return TemplateResponse(request, "accounts/desk/password.html", context)
