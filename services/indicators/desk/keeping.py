"""Keeping the dictionary: entries are added, corrected while nothing rests on them, redefined by versions, ended."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation import clock
from services.indicators import errors, policies
from services.indicators.actions import checking, elements, entries, indicators
from services.indicators.desk.dictionary import OfElement, OfEntry, OfIndicator, OfRule
from services.indicators.desk.pages import StepForm, desk_url
from services.indicators.desk.rounds import AtTop
from services.indicators.forms.dictionary import ElementForm, EndForm, IndicatorForm, RuleForm

_FIELD_OF = {
    errors.CodeTaken.code: "code",
    errors.BoundsCrossed.code: "highest",
    errors.YearShut.code: "first_year",
    errors.VersionTooEarly.code: "first_year",
    errors.DenominatorMissing.code: "denominator",
    errors.DenominatorTooMany.code: "denominator",
    errors.DividedByItself.code: "denominator",
    errors.WordsMissing.code: "because",
}


class _Form(StepForm):
    """What every form here is about: one dictionary, and whether something new comes in."""

    adding = False

    def field_for(self, refusal):
        named = refusal.context.get("field") or {**_FIELD_OF, **self.field_of}.get(refusal.code)
        return named if named in self.get_form().fields else None

    def get_page_title(self):
        return self.page_title

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"owner_id": self.owner_id, "adding": self.adding}


class _Add(_Form, AtTop):
    adding = True
    list_name, list_label = "", ""

    @property
    def owner_id(self) -> int:
        return self.owner.pk

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url(self.list_name), "label": self.list_label}]

    def get_success_url(self):
        return desk_url(self.list_name)

    def new(self, form) -> dict:
        return {
            "code": form.cleaned_data["code"],
            "first_year": form.cleaned_data["first_year"],
            "fields": form.entered(),
            "by": self.request.user,
            "now": clock.now(),
        }


class AddElement(_Add):
    page_title = submit_label = gettext_lazy("Add a data element")
    form_class, list_name, list_label = ElementForm, OfElement.list_name, OfElement.list_label

    def act(self, form):
        made = elements.add_element(self.owner, **self.new(form))
        return _("“%(name)s” is added. It is asked for in years that are opened from now on.") % {"name": made.name}


class AddIndicator(_Add):
    page_title = submit_label = gettext_lazy("Add an indicator")
    form_class, list_name, list_label = IndicatorForm, OfIndicator.list_name, OfIndicator.list_label

    def act(self, form):
        made = indicators.add_indicator(self.owner, **self.new(form))
        return _("“%(name)s” is added.") % {"name": made.name}


class AddRule(_Add):
    page_title = submit_label = gettext_lazy("Add a validation rule")
    form_class, list_name, list_label = RuleForm, OfRule.list_name, OfRule.list_label

    def act(self, form):
        made = checking.add_rule(self.owner, **self.new(form))
        return _("“%(name)s” is added. Reports that aren't signed yet are asked by it.") % {"name": made.name}


class _OfKept(_Form, OfEntry):
    """A form about one entry, for those who keep its dictionary."""

    @property
    def owner_id(self) -> int:
        return self.entry.owner_id

    def allowed(self):
        return policies.may_keep(self.request.user, self.entry.owner)

    def trail(self):
        return [*super().trail(), {"url": self.url(), "label": self.entry.name}]

    def get_page_subtitle(self):
        return self.entry.name

    def get_initial(self):
        return {name: getattr(self.entry, name) for name in self.form_class.names}

    def changed(self, form) -> dict:
        more = {"because": form.cleaned_data["because"], "by": self.request.user, "now": clock.now()}
        return more | {"fields": form.entered()}


class ChangeElement(_OfKept, OfElement):
    page_title = submit_label = gettext_lazy("Change the data element")
    form_class = ElementForm
    intro = gettext_lazy(
        "Once values are stated of it, only what changes no value can be changed. For anything else it ends, and a new "
        "one takes its place."
    )

    def get_initial(self):
        return super().get_initial() | {"splits": list(self.entry.splits.all())}

    def act(self, form):
        elements.change_element(self.entry, **self.changed(form))
        return _("The change is saved with its reason.")


class ChangeRule(_OfKept, OfRule):
    page_title = submit_label = gettext_lazy("Change the validation rule")
    form_class = RuleForm
    intro = gettext_lazy("Reports that aren't signed yet are asked by the new wording; what was signed stays signed.")

    def act(self, form):
        checking.change_rule(self.entry, **self.changed(form))
        return _("The change is saved with its reason.")


class _Defining(_OfKept, OfIndicator):
    form_class = IndicatorForm

    def get_initial(self):
        one = self.entry
        return super().get_initial() | {"source_priority": "\n".join(one.source_priority)}


class CorrectIndicator(_Defining):
    page_title = submit_label = gettext_lazy("Correct the indicator")
    intro = gettext_lazy("Nothing has been read by this definition yet, so it can be corrected in place.")

    def act(self, form):
        indicators.correct_indicator(self.entry, **self.changed(form))
        return _("The correction is saved with its reason.")


class RedefineIndicator(_Defining):
    page_title = submit_label = gettext_lazy("Write a new version")
    intro = gettext_lazy(
        "The new definition counts from its year on. Years before keep theirs, and values of both are never compared "
        "where the parts differ."
    )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"redefining": True}

    def act(self, form):
        year = form.cleaned_data["first_year"]
        made = indicators.redefine_indicator(self.entry, first_year=year, **self.changed(form))
        return _("Version %(version)s counts from %(year)s on.") % {"version": made.version, "year": year}


class _End(StepForm, OfEntry):
    page_title = submit_label = gettext_lazy("Let it end")
    form_class, danger = EndForm, True
    field_of = {
        errors.WordsMissing.code: "because",
        errors.YearShut.code: "last_year",
        errors.BeginsBeforeEntry.code: "last_year",
        errors.StillNeeded.code: "last_year",
    }

    def allowed(self):
        return policies.may_keep(self.request.user, self.entry.owner)

    def get_page_title(self):
        return self.page_title

    def get_page_subtitle(self):
        return self.entry.name

    def trail(self):
        return [*super().trail(), {"url": self.url(), "label": self.entry.name}]

    def act(self, form):
        ended = entries.end(self.entry, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("%(year)s is its last year.") % {"year": ended.last_year}


class EndElement(_End, OfElement):
    pass


class EndIndicator(_End, OfIndicator):
    pass


class EndRule(_End, OfRule):
    pass
