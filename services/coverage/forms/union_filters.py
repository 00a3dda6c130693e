"""What the list of unions can be narrowed by; each filter lives in the address and can be shared and kept."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from services.coverage import enums
from services.coverage.models import Standing, StandingChange
from services.coverage.queries.moves import month_of, moved_among, stood_below
from services.coverage.queries.reminders import reminded_of
from services.coverage.queries.unions import NO_INDUSTRY, UNSTATED_FORM, about, below_kind, not_in_a_branch
from services.coverage.rules.moves import GAINED, LOST
from services.coverage.wording.causes import FIELDS
from services.figures.queries import Ground, snapshots
from services.foundation import clock
from services.foundation.desk_filters import MonthFilter, month_named
from services.foundation.scope import path_filter
from services.organizations.enums import Branch, Kind
from services.organizations.queries import named

_ABOVE = [(str(kind), kind.label) for kind in Kind if kind.branch == Branch.TRADE_UNION]


def _several(label, choices, **kwargs) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs
    )


class UnionFilters(WagtailFilterSet):
    about = django_filters.ChoiceFilter(label=_("To be called about"), method="by_subject", choices=enums.Subject)
    reminded = django_filters.ChoiceFilter(
        label=_("Reminder"),
        method="by_reminder",
        choices=[("never", _("never reminded of it")), ("yes", _("reminded before"))],
    )
    union = django_filters.CharFilter(label=_("Union and below (code or name)"), method="in_union", max_length=60)
    direct = django_filters.ChoiceFilter(
        label=_("Reach"),
        method="by_direct",
        choices=[("1", _("only of the union itself"))],
        empty_label=_("with every union below"),
    )
    leaves = django_filters.CharFilter(method="by_leaves", max_length=1, widget=forms.HiddenInput, label=_("Reach"))
    required = _several(pgettext_lazy("women workers' organisation", "Required"), enums.Required.choices)
    form = _several(
        _("Women workers' organisation"),
        [*enums.Form.choices, (UNSTATED_FORM, _("No record yet"))],
        method="by_form",
    )
    built = _several(_("Set up as required"), enums.Answer.choices)
    term = _several(_("Term of office"), enums.TermStanding.choices)
    simultaneous = _several(_("Set up together with the union"), enums.Answer.choices)
    in_step = _several(_("Term in step with the union's"), enums.Answer.choices)
    chair_qualified = _several(_("Head qualified"), enums.Answer.choices)
    standard = _several(_("Reaches the standard"), enums.Answer.choices)
    size = django_filters.ChoiceFilter(label=_("Size"), choices=enums.SizeClass)
    industry = django_filters.CharFilter(label=_("Industry"), method="by_industry", max_length=40)
    above = django_filters.ChoiceFilter(label=_("Kind of the union above"), method="by_above", choices=_ABOVE)

    class Meta:
        model = Standing
        fields = []

    def by_subject(self, queryset, name, value):
        return about(queryset, value)

    def by_reminder(self, queryset, name, value):
        return reminded_of(queryset, self.data.get("about", ""), ever=value == "yes")

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("organization__path", paths))

    def by_direct(self, queryset, name, value):
        code = self.data.get("union", "").strip()
        return queryset.filter(organization__code=code) if value and code else queryset

    def by_leaves(self, queryset, name, value):
        """The union itself and those directly below it that have nothing below them."""
        place = named(self.request.user, self.data.get("union", "").strip()).first()
        return not_in_a_branch(queryset, place.path) if place else queryset.none()

    def by_form(self, queryset, name, value):
        wanted = ["" if one == UNSTATED_FORM else one for one in value]
        return queryset.filter(form__in=wanted) if value else queryset

    def by_industry(self, queryset, name, value):
        return queryset.filter(industry="" if value == NO_INDUSTRY else value)

    def by_above(self, queryset, name, value):
        return below_kind(queryset, value)


class ChangeFilters(WagtailFilterSet):
    union = django_filters.CharFilter(label=_("Union and below (code or name)"), method="in_union", max_length=60)
    field = django_filters.ChoiceFilter(label=_("What moved"), choices=lambda: FIELDS.items())
    month = MonthFilter(label=_("Month"), method="by_month")
    now = django_filters.CharFilter(widget=forms.HiddenInput, max_length=12, label=_("Now"))
    tree = django_filters.DateFilter(widget=forms.HiddenInput, method="by_tree", label=_("Tree of the month end"))
    # The last one: it looks at what the others leave.
    way = django_filters.ChoiceFilter(
        label=_("Net of the month"),
        method="by_way",
        choices=[
            (GAINED, pgettext_lazy("union moved", "Now set up as required")),
            (LOST, pgettext_lazy("union moved", "No longer set up as required")),
        ],
    )

    class Meta:
        model = StandingChange
        fields = []

    def in_union(self, queryset, name, value):
        if self._kept_tree():
            return queryset
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("organization__path", paths))

    def _kept_tree(self):
        """The month end whose tree is asked for."""
        return self.form.cleaned_data.get("tree") if self.form.is_bound and self.form.is_valid() else None

    def by_tree(self, queryset, name, value):
        """Where unions stood at that month end decides, not where they stand today."""
        kept, code = snapshots().filter(day=value).first(), self.data.get("union", "").strip()
        if kept is None or not code:
            return queryset.none()
        keys = named(self.request.user, code).values_list("pk", flat=True)
        places = [place.path for key in keys if (place := Ground(kept).place_then(key))]
        return queryset.filter(organization__in=stood_below(places, kept))

    def by_month(self, queryset, name, value):
        first = month_named(value)
        return queryset.filter(at__year=first.year, at__month=first.month)

    def by_way(self, queryset, name, value):
        """The change that brought each union where it stands; of this month where no other is asked for."""
        if not self.data.get("month"):
            since, until = month_of(clock.today())
            queryset = queryset.filter(at__gte=since, at__lte=until)
        net = moved_among(queryset.filter(field="built"))
        return queryset.filter(pk__in=[one.last.pk for one in net if one.way == value])
