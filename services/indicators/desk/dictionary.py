"""Pages of the dictionary: an element, an indicator with every definition it had, a rule; how each came to be so."""

from collections.abc import Iterator

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView
from wagtail.log_actions import registry

from services.figures.registry import sources
from services.indicators import policies
from services.indicators.desk.pages import MonitoringPage, desk_url
from services.indicators.enums import CheckKind
from services.indicators.models import Element, Indicator, ValidationRule
from services.indicators.queries import dictionary as queries

_LATEST = 40


class OfEntry(MonitoringPage):
    """``name``: how addresses begin. An entry of another tree doesn't exist for her (404)."""

    model: type[Element | Indicator | ValidationRule]
    name = ""
    list_name, list_label = "", ""
    header_icon = "list-ul"

    @cached_property
    def entry(self):
        rows = queries.entries_for(self.model, self.request.user)
        if self.model is Indicator:
            rows = rows.select_related("numerator", "denominator", "owner")
        return get_object_or_404(rows, owner__code=self.kwargs["code"], code=self.kwargs["entry"])

    def allowed(self):
        return policies.may_enter(self.request.user) if self.entry else super().allowed()

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url(self.list_name), "label": self.list_label}]

    def url(self, step: str = "") -> str:
        return desk_url(f"{self.name}_{step}" if step else self.name, self.entry.owner.code, self.entry.code)

    def get_success_url(self):
        return self.url()


class OfElement(OfEntry):
    model, name, list_name = Element, "element", "elements"
    list_label = gettext_lazy("Data elements")


class OfIndicator(OfEntry):
    model, name, list_name = Indicator, "indicator", "dictionary"
    list_label = gettext_lazy("Dictionary of indicators")


class OfRule(OfEntry):
    model, name, list_name = ValidationRule, "rule", "rules"
    list_label = gettext_lazy("Validation rules")


class _EntryPage(OfEntry, TemplateView):
    template_name = "indicators/desk/entry.html"

    def get_page_title(self):
        return self.entry.name

    def steps(self) -> Iterator[tuple[str, str]]:
        """Steps of the address with their words."""
        if self.entry.last_year is None:
            yield "end", _("Let it end")

    def facts(self) -> Iterator[tuple[str, str]]:
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        one = self.entry
        keeps = bool(policies.may_keep(self.request.user, one.owner))
        kwargs.pop("entry", None)  # its code, from the address
        return super().get_context_data(
            entry=one,
            facts=[*self.facts(), (_("Counts"), _span(one))],
            steps=[(self.url(step), words) for step, words in self.steps()] if keeps else [],
            history=history_of(one),
            **kwargs,
        )


def _span(one) -> str:
    said = {"first": one.first_year, "last": one.last_year}
    if one.first_year and one.last_year:
        return _("from %(first)s to %(last)s") % said
    if one.first_year:
        return _("from %(first)s on") % said
    return _("until %(last)s") % said if one.last_year else _("in every year")


def history_of(one) -> list:
    """What happened to it, the latest first; each change with before and after."""
    entries = list(registry.get_logs_for_instance(one).select_related("user").order_by("-timestamp", "-pk")[:_LATEST])
    for entry in entries:
        entry.changes = [
            _("%(field)s: %(before)s → %(after)s")
            % {"field": one._meta.get_field(name).verbose_name, "before": before or "—", "after": after or "—"}
            for name, before, after in entry.data.get("changed", [])
        ]
    return entries


class ElementPage(OfElement, _EntryPage):
    def steps(self):
        if self.entry.last_year is None:
            yield "change", _("Change")
        yield from super().steps()

    def facts(self):
        one = self.entry
        source = sources.get(one.fed_by) if one.fed_by else None
        yield pgettext("dictionary", "Code"), one.code
        yield pgettext("monitoring", "Field"), one.get_domain_display()
        added = _("added up above") if one.summed else _("never added up")
        yield _("Stated by"), f"{one.get_level_display()} · {added}"
        yield _("Unit"), one.unit
        yield _("Decimals"), str(one.decimals)
        yield _("Lowest and highest"), " – ".join(_plain(bound) for bound in (one.lowest, one.highest))
        yield _("Split by"), "、".join(split.name for split in one.splits.all())
        yield _("Small numbers are hidden"), _("Yes") if one.protected else _("No")
        yield _("Fed by"), str(source.title) if source else ""
        yield _("Indicators made of it"), "、".join(each.name for each in queries.indicators_with(one))


def _plain(bound) -> str:
    return "…" if bound is None else f"{bound.normalize():f}"


class RulePage(OfRule, _EntryPage):
    def steps(self):
        if self.entry.last_year is None:
            yield "change", _("Change")
        yield from super().steps()

    def facts(self):
        one = self.entry
        yield pgettext("dictionary", "Code"), one.code
        yield pgettext("validation rule", "Kind"), one.get_kind_display()
        if one.kind == CheckKind.CHANGE:
            asked = _("%(side)s moves by at most %(limit)s%%") % {
                "side": one.left,
                "limit": f"{one.limit.normalize():f}",
            }
        else:
            asked = f"{one.left} {one.operator} {one.right}"
        yield _("What has to hold"), asked
        yield _("If a value is missing"), one.get_strategy_display()
        yield _("If broken"), one.get_severity_display()


class IndicatorPage(OfIndicator, _EntryPage):
    """Definition, formula, sources by priority, every earlier definition, national numbers apart."""

    template_name = "indicators/desk/indicator.html"

    @cached_property
    def in_use(self) -> bool:
        return queries.is_in_use(self.entry)

    def steps(self):
        if self.entry.last_year is None:
            yield ("redefine", _("Write a new version")) if self.in_use else ("correct", _("Correct"))
        yield from super().steps()

    def facts(self):
        one = self.entry
        yield pgettext("dictionary", "Code"), one.code
        yield _("Formula"), one.in_words
        yield _("Unit"), one.unit
        yield _("Decimals"), str(one.decimals)
        yield pgettext("indicator", "Direction"), one.get_direction_display()
        added = _("added up above") if one.numerator.summed else _("never added up")
        yield _("Stated by"), f"{one.numerator.get_level_display()} · {added}"
        yield _("Sources by priority"), "、".join(one.source_priority) or one.source
        yield _("Split by"), "、".join(one.numerator.cuts.values())
        yield _("Remarks"), one.notes
        version = {"number": one.version, "year": one.defined_from}
        yield (
            _("Version"),
            _("%(number)s, from %(year)s on") % version if one.defined_from else str(one.version),
        )

    def get_context_data(self, **kwargs):
        one = self.entry
        earlier = queries.earlier_of([one]).get(one.pk, [])
        return super().get_context_data(
            indicator=one,
            references=list(one.references.all()),
            labels=one.numerator.cuts,
            rules=queries.rules_about(one),
            earlier=earlier[::-1],
            **kwargs,
        )
