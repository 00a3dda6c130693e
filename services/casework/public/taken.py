"""What a woman lets one service hand to another: from the body of one form into the next, never in an address and
never in a session. Nothing is kept before she has begun what she asks for."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import QueryDict

_LONGEST_PLACE = 80


@dataclass(frozen=True, slots=True)
class Taken:
    """``day``: of the examination; ``place``: where it was. Both as she pressed them along, for her to put right."""

    day: date | None = None
    place: str = ""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """As hidden fields of a form."""
        day = self.day.isoformat() if self.day else ""
        return tuple((name, value) for name, value in (("from_day", day), ("from_place", self.place)) if value)

    def __bool__(self) -> bool:
        return self.day is not None


class _Fields(forms.Form):
    from_day = forms.DateField()
    from_place = forms.CharField(max_length=_LONGEST_PLACE, required=False)


def taken_along(data: QueryDict, *, today: date) -> Taken:
    """What came along; nothing where it makes no sense, for she is asked for it all the same."""
    form = _Fields(data)
    if not form.is_valid() or form.cleaned_data["from_day"] > today:
        return Taken()
    return Taken(form.cleaned_data["from_day"], form.cleaned_data["from_place"])
