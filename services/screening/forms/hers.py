"""What a woman chooses and agrees to when she books."""

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from services.bookings.errors import SessionGone
from services.bookings.models import Session
from services.privacy.errors import NoticeSuperseded
from services.privacy.models import Notice
from services.screening.queries.choosing import Site

ANY_SESSION = "any"


class SessionForm(forms.Form):
    """One session out of those shown, by its token. Whether it still has room is the action's to say."""

    session = forms.CharField(error_messages={"required": _("Choose a time.")})

    def __init__(self, *args, sites: list[Site], **kwargs):
        super().__init__(*args, **kwargs)
        self._offered = {c.session.token: c.session for site in sites for day in site.days for c in day.choices}

    def clean_session(self) -> Session:
        try:
            return self._offered[self.cleaned_data["session"]]
        except KeyError:
            raise forms.ValidationError(SessionGone().message())


class WaitingForm(SessionForm):
    """Any session, or one of those shown."""

    session = forms.CharField(error_messages={"required": _("Choose what you want to wait for.")})

    def clean_session(self) -> Session | None:
        return None if self.cleaned_data["session"] == ANY_SESSION else super().clean_session()


class DrawForm(forms.Form):
    """The times she would like in a draw, the first one first; without any she takes every one."""

    first = forms.ChoiceField(label=_("First choice"), required=False)
    second = forms.ChoiceField(label=_("Second choice"), required=False)
    third = forms.ChoiceField(label=_("Third choice"), required=False)
    any_session = forms.BooleanField(label=_("If these are full, any other time will do"), required=False)

    def __init__(self, *args, sites: list[Site], **kwargs):
        super().__init__(*args, **kwargs)
        self._offered = {c.session.token: c.session for site in sites for day in site.days for c in day.choices}
        listed = [("", _("Any time")), *((site.venue.name, self._times(site)) for site in sites)]
        for name in ("first", "second", "third"):
            self.fields[name].choices = listed
            self.fields[name].error_messages["invalid_choice"] = SessionGone().message()

    @staticmethod
    def _times(site: Site) -> list[tuple[str, str]]:
        return [
            (choice.session.token, date_format(localtime(choice.session.starts_at), "DATETIME_FORMAT"))
            for day in site.days
            for choice in day.choices
            if not choice.barred
        ]

    def chosen(self) -> list[Session]:
        """The sessions in her order, each once."""
        tokens = (self.cleaned_data[name] for name in ("first", "second", "third"))
        return list(dict.fromkeys(self._offered[token] for token in tokens if token))


class ConsentForm(forms.Form):
    """Her agreement to the notice she was shown."""

    agree = forms.BooleanField(
        label=_("I have read the notice and agree."),
        error_messages={"required": _("Tick the box if you agree. If you don't, choose “I don't agree”.")},
    )

    def __init__(self, *args, notice: Notice, **kwargs):
        super().__init__(*args, **kwargs)
        self._notice = notice

    def clean(self) -> dict:
        """She agrees to the words she read: a notice that changed meanwhile is shown again."""
        if self.data.get("notice") != self._notice.digest:
            self.add_error(None, NoticeSuperseded().message())
        return super().clean()
