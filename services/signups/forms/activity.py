"""Setting up an activity: what it is, when sign-up is open, what is asked, its sessions."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from services.bookings.models import Offering, Session
from services.foundation.unchanged import TellsOfOthers
from services.signups.enums import ActivityKind, QuestionKind
from services.signups.models import Activity, Question
from services.signups.rules import sensitive_word

FIRST_YEAR, YEARS_AHEAD, MOST_PLACES = 2015, 5, 5000
SENSITIVE = _(
    "This isn't asked when somebody signs up: identity numbers, bank cards, illness, pregnancy, marriage, income and "
    "belief are nobody's business here (“%(word)s”)."
)


class ActivityForm(TellsOfOthers, forms.ModelForm):
    """What it is. ``organizations`` are those for which she may set it up; None when that is settled."""

    class Meta:
        model = Activity
        fields = [
            *("organization", "kind", "form", "title", "year", "summary", "about", "speakers", "for_whom"),
            *("hours", "certificates", "contact", "reminder_hours", "evaluation_days"),
        ]
        widgets = {"about": AdminAutoHeightTextInput, "kind": forms.RadioSelect}
        help_texts = {
            "title": _("Women read it in the list, messages name it: it names no illness."),
            "summary": _("One sentence under the title."),
            "about": _("Programme and contents; a line for each."),
            "for_whom": _("For example: heads of women's committees. Women read it."),
            "form": _("Of a training only."),
            "hours": _("Of a training only; they count on the record of each woman who came."),
            "contact": _("Name of the office and its telephone."),
        }

    def __init__(self, *args, organizations=None, this_year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self._last_year = this_year + YEARS_AHEAD
        self.fields["year"].initial = this_year
        if organizations is None:
            del self.fields["organization"]
        else:
            self.fields["organization"].queryset = organizations
            self.fields["organization"].empty_label = None
        for name in ("hours", "reminder_hours", "evaluation_days"):
            self.fields[name].widget.attrs.update({"min": 0, "inputmode": "numeric"})

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= self._last_year:
            raise forms.ValidationError(
                _("The year must lie between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": self._last_year}
            )
        return year

    def clean(self):
        data = super().clean()
        training = data.get("kind") == ActivityKind.TRAINING
        if training and not data.get("form"):
            self.add_error("form", _("Choose one of the three forms of training."))
        if training and "hours" in data and not data["hours"]:
            self.add_error("hours", _("Say how many hours of training it counts for."))
        if data.get("kind") == ActivityKind.EVENT and data.get("form"):
            self.add_error("form", _("Only a training has a form: leave this empty, or choose “Training”."))
        if data.get("kind") == ActivityKind.EVENT and data.get("hours"):
            self.add_error("hours", _("Only a training counts hours: leave this at 0, or choose “Training”."))
        return data

    def _post_clean(self):
        """The constraint of the database says what ``clean`` has said beside the fields."""
        if not self.errors:
            super()._post_clean()


class WindowForm(TellsOfOthers, forms.ModelForm):
    """When sign-up is open, and how places are dealt with."""

    class Meta:
        model = Offering
        fields = ["opens_at", "closes_at", "change_cutoff_hours", "waiting_list", "offer_hours", "remainder_open"]
        widgets = {"opens_at": AdminDateTimeInput, "closes_at": AdminDateTimeInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("opens_at", "closes_at"):
            self.fields[name].required = True
        if not self.instance.pk:
            self.initial.setdefault("change_cutoff_hours", 24)

    def clean(self):
        data = super().clean()
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("Sign-up must open before it closes."))
        return data


class QuestionForm(forms.ModelForm):
    choices = forms.CharField(
        label=_("answers to choose from"),
        required=False,
        max_length=600,
        widget=AdminAutoHeightTextInput,
        help_text=_("One a line, for “One of several answers” only."),
    )

    class Meta:
        model = Question
        fields = ["kind", "words", "choices", "required"]
        help_texts = {
            "words": _("Ask only what you need to prepare. Identity numbers, illness and the like aren't asked.")
        }

    def clean_choices(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]

    def clean(self):
        data = super().clean()
        for name in ("words", "choices"):
            said = data.get(name) or ""
            if word := sensitive_word(*([said] if isinstance(said, str) else said)):
                self.add_error(name, SENSITIVE % {"word": word})
        if data.get("kind") == QuestionKind.CHOICE and "choices" in data and len(set(data["choices"])) < 2:
            self.add_error("choices", _("Give at least two different answers to choose from, and at most twelve."))
        return data


class SessionForm(forms.Form):
    """One session and its place. A start in the past is refused unless the session has it already."""

    name = forms.CharField(label=_("place"), max_length=120, help_text=_("For example: hall on the 3rd floor."))
    address = forms.CharField(label=_("address"), max_length=200)
    directions = forms.CharField(label=_("how to get there"), max_length=200, required=False)
    starts_at = forms.DateTimeField(label=_("starts"), widget=AdminDateTimeInput)
    ends_at = forms.DateTimeField(label=_("ends"), widget=AdminDateTimeInput, help_text=_("May be several days later."))
    capacity = forms.IntegerField(label=_("places"), min_value=1, max_value=MOST_PLACES)

    def __init__(self, *args, now: datetime, session: Session | None = None, like: Session | None = None, **kwargs):
        """``like``: the session whose place is filled in for a new one."""
        super().__init__(*args, **kwargs)
        self._now, self._session = now, session
        shown = session or like
        if shown:
            venue = shown.venue
            self.initial = {"name": venue.name, "address": venue.address, "directions": venue.directions} | self.initial
        if session:
            self.initial |= {name: getattr(session, name) for name in ("starts_at", "ends_at", "capacity")}

    def clean_starts_at(self):
        starts = self.cleaned_data["starts_at"]
        if starts <= self._now and not (self._session and self._same_minute(starts)):
            raise forms.ValidationError(_("This time is in the past."))
        return self._session.starts_at if self._session and self._same_minute(starts) else starts

    def _same_minute(self, starts: datetime) -> bool:
        """The widget shows minutes: a session that begins within one is the same."""
        shown = self._session.starts_at
        return timezone.localtime(shown).replace(second=0, microsecond=0) == timezone.localtime(starts)

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and starts >= ends:
            self.add_error("ends_at", _("A session must start before it ends."))
        return data

    def fields_of_action(self) -> dict:
        data = dict(self.cleaned_data)
        place = {name: data.pop(name) for name in ("name", "address", "directions")}
        return {"place": place, **data}


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("reason"), max_length=200, help_text=_("The record keeps it; nobody else reads it.")
    )
