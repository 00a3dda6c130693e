"""One page for everything a teacher adds to a file: the code in the address says what."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.child_files import errors
from services.child_files.actions import caring, filling
from services.child_files.actions.reading import open_file
from services.child_files.desk.pages import Keeping, desk_url
from services.child_files.enums import Purpose
from services.child_files.forms import records
from services.child_files.models import Traits
from services.child_files.rules.school_terms import term_of
from services.foundation import clock
from services.foundation.desk import StepForm


@dataclass(frozen=True, slots=True)
class Addition:
    """``act(child, form, by, now)`` calls the action; ``initial(child)`` fills the form, ``options(page)`` makes it."""

    title: str
    form: type
    act: Callable
    intro: str = ""
    initial: Callable = lambda child: {"on": clock.today()}
    options: Callable = lambda page: {}
    field_of: dict[str, str] = field(default_factory=dict)


def _basics(child) -> dict:
    names = ("name", "sex", "birth_date", "school_class", "health_note")
    return {name: getattr(child, name) for name in names}


def _fill(child, form, by, now):
    return filling.fill_basics(child, by=by, now=now, **form.cleaned_data)


def _character(child) -> dict:
    found = Traits.objects.unscoped().filter(child=child).first()
    return {"codes": found.codes, "note": found.note} if found else {}


def _this_term(child) -> dict:
    year, term = term_of(clock.today())
    return {"year": year, "term": term}


def _planned(what: str) -> Callable:
    def act(child, form, by, now):
        return caring.note_planned(child, what=what, by=by, now=now, **form.cleaned_data)

    return act


def _with(action: Callable) -> Callable:
    def act(child, form, by, now):
        return action(child, by=by, now=now, **form.cleaned_data)

    return act


ADDITIONS = {
    "basics": Addition(
        gettext_lazy("Name, birthday, class"),
        records.BasicsForm,
        _fill,
        intro=gettext_lazy("Only what the home needs. An identity number isn't asked for."),
        initial=_basics,
        options=lambda page: {
            "with_health": Purpose.HEALTH in page.standing,
            "with_number": "id_number" in page.uses,
        },
        field_of={
            errors.BirthUnfit.code: "birth_date",
            errors.OnFileAlready.code: "name",
            errors.NumberOff.code: "id_number",
            errors.NumberUnfit.code: "id_number",
            errors.NoConsent.code: "health_note",
        },
    ),
    "character": Addition(gettext_lazy("Character"), records.TraitsForm, _with(filling.set_traits), initial=_character),
    "parent": Addition(
        gettext_lazy("Parent away"),
        records.AbsenceForm,
        _with(filling.set_absence),
        initial=lambda child: {},
        field_of={errors.DayOdd.code: "left_on"},
    ),
    "guardian": Addition(
        gettext_lazy("Add a guardian"),
        records.GuardianForm,
        lambda child, form, by, now: filling.add_guardian(child, guardian=form.stated, by=by, now=now),
        initial=lambda child: {},
        field_of={errors.NotAGuardian.code: "basis", errors.EvidenceMissing.code: "evidence"},
    ),
    "care": Addition(
        gettext_lazy("Entrusted care"),
        records.CareForm,
        lambda child, form, by, now: filling.entrust(child, by=by, now=now, **form.details()),
        intro=gettext_lazy(
            "Who looks after the child while the parents are away. It gives no right to consent: the parents stay "
            "guardians."
        ),
        initial=lambda child: {},
        field_of={errors.DayOdd.code: "starts_on"},
    ),
    "opinion": Addition(
        gettext_lazy("What the child says"),
        records.OpinionForm,
        _with(filling.hear),
        intro=gettext_lazy("From eight years on the child is asked itself."),
        field_of={errors.DayOdd.code: "on"},
    ),
    "contact": Addition(
        gettext_lazy("Contact with the parents"),
        records.ContactForm,
        _with(caring.note_contact),
        intro=gettext_lazy("When and how long. What was said belongs to the family."),
        initial=lambda child: {"at": clock.now()},
        field_of={errors.DayOdd.code: "at", errors.NoConsent.code: "channel"},
    ),
    "growth": Addition(
        gettext_lazy("Page of the growth record"),
        records.GrowthForm,
        _with(caring.note_growth),
        field_of={errors.DayOdd.code: "on", errors.NoConsent.code: "kind"},
    ),
    "result": Addition(
        gettext_lazy("School result"),
        records.ResultForm,
        _with(caring.note_result),
        intro=gettext_lazy("A band, never marks or a rank."),
        initial=_this_term,
        field_of={errors.DayOdd.code: "year"},
    ),
    "visit": Addition(
        gettext_lazy("Visit to the family"),
        records.PlannedForm,
        _planned(caring.VISIT),
        initial=lambda child: {"planned_on": clock.today()},
        field_of={errors.DayOdd.code: "done_on"},
    ),
    "meeting": Addition(
        gettext_lazy("Meeting with the carer"),
        records.PlannedForm,
        _planned(caring.MEETING),
        initial=lambda child: {"planned_on": clock.today()},
        field_of={errors.DayOdd.code: "done_on"},
    ),
}


class Add(StepForm, Keeping):
    @cached_property
    def addition(self) -> Addition:
        found = ADDITIONS.get(self.kwargs["what"])
        if found is None:
            raise Http404
        return found

    def named(self):
        return super().named(), self.addition

    def get(self, request, *args, **kwargs):
        """A form that shows what is stored is a look at the file."""
        open_file(self.child, by=request.user, now=clock.now(), address=self.address)
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        return self.addition.title

    @property
    def intro(self):
        return self.addition.intro

    @property
    def field_of(self):
        return self.addition.field_of

    def get_form_class(self):
        return self.addition.form

    def get_initial(self):
        return self.addition.initial(self.child)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | self.addition.options(self)

    def act(self, form):
        self.addition.act(self.child, form, self.request.user, clock.now())
        return _("Written into file %(code)s.") % {"code": self.child.code}

    def get_success_url(self):
        return desk_url("file", self.child.token)
