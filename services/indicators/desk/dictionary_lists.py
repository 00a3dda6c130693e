"""Lists of the dictionary: indicators, data elements, validation rules."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import HeaderButton

from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, TitleColumn
from services.indicators import policies
from services.indicators.desk.pages import desk_url
from services.indicators.forms.filters import ElementFilters, IndicatorFilters, RuleFilters
from services.indicators.models import Element, Indicator, ValidationRule
from services.indicators.queries.dictionary import entries_for


class _EntryList(DeskListView):
    """``name``: how addresses of one entry begin."""

    name, adds = "", ""
    header_icon = "list-ul"
    search_fields = ["title", "title_en", "code"]
    default_ordering = "place"

    def allowed(self):
        return policies.may_enter(self.request.user)

    def rows(self, user):
        return entries_for(self.model, user)

    @cached_property
    def header_buttons(self):
        if not policies.may_keep_somewhere(self.request.user):
            return []
        return [HeaderButton(self.adds, url=desk_url(f"{self.name}_add"), icon_name="plus")]

    def title_column(self, label: str) -> TitleColumn:
        return TitleColumn("name", label=label, get_url=lambda one: desk_url(self.name, one.owner.code, one.code))


def _years() -> list[Column]:
    return [
        Column("first_year", label=_("From the year")),
        Column("last_year", label=_("To the year")),
        BooleanColumn("sample", label=pgettext("dictionary", "Sample")),
    ]


class IndicatorList(_EntryList):
    model, name, adds = Indicator, "indicator", gettext_lazy("Add an indicator")
    index_url_name = "indicators_desk:dictionary"
    index_results_url_name = "indicators_desk:dictionary_results"
    page_title = gettext_lazy("Dictionary of indicators")
    verbose_name_plural = gettext_lazy("indicators")
    filterset_class = IndicatorFilters

    def rows(self, user):
        return super().rows(user).select_related("numerator", "denominator", "owner")

    @cached_property
    def columns(self):
        return [
            Column("number", label=pgettext("indicator", "No.")),
            self.title_column(_("Indicator")),
            Column("get_domain_display", label=pgettext("monitoring", "Field")),
            Column("unit", label=_("Unit")),
            Column("get_direction_display", label=pgettext("indicator", "Direction")),
            Column("version", label=_("Version")),
            *_years(),
        ]


class ElementList(_EntryList):
    model, name, adds = Element, "element", gettext_lazy("Add a data element")
    index_url_name = "indicators_desk:elements"
    index_results_url_name = "indicators_desk:elements_results"
    page_title = gettext_lazy("Data elements")
    verbose_name_plural = gettext_lazy("data elements")
    filterset_class = ElementFilters

    @cached_property
    def columns(self):
        return [
            self.title_column(_("Data element")),
            Column("code", label=pgettext("dictionary", "Code")),
            Column("get_domain_display", label=pgettext("monitoring", "Field")),
            Column("get_level_display", label=_("Stated by")),
            Column("unit", label=_("Unit")),
            BooleanColumn("summed", label=_("Added up above")),
            BooleanColumn("protected", label=_("Small numbers are hidden")),
            *_years(),
        ]


class RuleList(_EntryList):
    model, name, adds = ValidationRule, "rule", gettext_lazy("Add a validation rule")
    index_url_name = "indicators_desk:rules"
    index_results_url_name = "indicators_desk:rules_results"
    page_title = gettext_lazy("Validation rules")
    verbose_name_plural = gettext_lazy("validation rules")
    filterset_class = RuleFilters
    default_ordering = "code"

    @cached_property
    def columns(self):
        return [
            self.title_column(_("Validation rule")),
            Column("get_kind_display", label=pgettext("validation rule", "Kind")),
            Column("get_strategy_display", label=_("If a value is missing")),
            Column("get_severity_display", label=_("If broken")),
            *_years(),
        ]
