"""What an officer fills in when she signs a woman up in her name."""

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from services.bookings.models import Session
from services.signups.forms.hers import ANY_SESSION, WaitForm

PLACE, WAIT = "place", "wait"


class ForHerForm(WaitForm):
    """A session and her answers; for a place, or for the waiting list where there is one. And that she asked for it."""

    what = forms.ChoiceField(
        label=_("What she wants"),
        choices=[(PLACE, _("a place in the session")), (WAIT, _("the waiting list"))],
        initial=PLACE,
        widget=forms.RadioSelect,
        required=False,
    )
    session = forms.CharField(label=_("Session"), error_messages={"required": _("Choose a session.")})
    asked = forms.BooleanField(
        label=_("She asked me to do it, and the answers are her own."),
        error_messages={"required": _("Without her word nothing is done in her name.")},
    )

    def __init__(self, *args, sessions: list[Session], waiting_list: bool, **kwargs):
        super().__init__(*args, sessions=sessions, **kwargs)
        choices = [(session.token, _shown(session)) for session in sessions]
        if waiting_list:
            choices.append((ANY_SESSION, _("any session (waiting list)")))
        else:
            del self.fields["what"]
        self.fields["session"].widget = forms.RadioSelect(choices=choices)
        self.order_fields(["what", "session", *(self.name_of(question) for question in self.questions), "asked"])

    @property
    def waits(self) -> bool:
        return self.cleaned_data.get("what") == WAIT

    def clean(self):
        data = super().clean()
        if "session" not in self.errors and data.get("session") is None and not self.waits:
            self.add_error("session", _("Choose a session."))
        return data


def _shown(session: Session) -> str:
    left = max(session.left, 0)
    free = ngettext("%(count)s place left", "%(count)s places left", left) % {"count": left}
    return f"{localtime(session.starts_at):%Y-%m-%d %H:%M} · {session.venue.name} · {free}"


class AskedForm(forms.Form):
    """Taking women off a waiting list: only as they asked."""

    asked = forms.BooleanField(
        label=_("Each of them asked me to do it."),
        error_messages={"required": _("Without her word nothing is done in her name.")},
    )
