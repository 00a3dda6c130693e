"""What comes in and what must go out: the list, one line a page, taking a line out; or that nothing comes in."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation.errors import Refused
from services.relief.actions import files
from services.relief.forms import hers
from services.relief.forms.household import put
from services.relief.public.page import HerPage, Questions
from services.relief.rules.asking import rests_on_file
from services.relief.rules.typed import TypedMoney
from services.relief.wording import household as words

IN, OUT = "in", "out"
SIDES = {IN: True, OUT: False}


class _Lines(HerPage):
    asked = rests_on_file

    @cached_property
    def lines(self) -> dict[bool, list]:
        """What comes in under True, what must go out under False, as stored."""
        found = {True: [], False: []}
        for line in self.household.money.select_related("member"):
            found[line.incoming].append(line)
        return found

    def side(self) -> bool:
        if self.kwargs["side"] not in SIDES:
            raise Http404
        return SIDES[self.kwargs["side"]]

    def keep_lines(self, rows: dict[bool, list[TypedMoney]], *, nothing: bool = False) -> None:
        said = nothing or (not rows[True] and bool(self.household.particulars.get("no_income")))
        typed = [*rows[True], *rows[False]]
        files.save_money(self.household, typed, no_income=said, seen=self.household.version, **self.stamp)

    def typed(self) -> dict[bool, list[TypedMoney]]:
        return {
            incoming: [TypedMoney(incoming, one.kind, Decimal(one.yearly), one.member_id) for one in lines]
            for incoming, lines in self.lines.items()
        }


class Money(_Lines):
    """Both lists with their sums."""

    def get(self, request, **kwargs):
        return self._answer()

    def post(self, request, **kwargs):
        """She says that nothing comes in at all."""
        try:
            self.keep_lines(self.typed(), nothing=True)
        except Refused as refused:
            return self._answer(refused.message() if not self.lines[True] else _("A line says that something does."))
        messages.success(request, _("Saved."))
        return redirect(self.to("money"))

    def _answer(self, refusal: str = ""):
        context = {
            "sides": [
                {"code": code, "incoming": incoming, "rows": [words.line(one) for one in self.lines[incoming]]}
                | {"total": words.total(self.lines[incoming])}
                for code, incoming in SIDES.items()
            ],
            "nothing": bool(self.household.particulars.get("no_income")),
            "refusal": refusal,
        }
        return self.show("relief/money.html", context, status=422 if refusal else 200)


class _Line(_Lines, Questions):
    goes_to = "money"

    def form(self, data=None, initial=None):
        return hers.MoneyForm(data, initial=initial, incoming=self.side(), household=self.household)

    def compared(self):
        return [[one.kind, one.member_id, one.yearly] for one in self.lines[self.side()]]

    def save(self, form):
        rows = self.typed()
        self.place = self._put_in(rows[self.side()], form.line())
        self.keep_lines(rows)

    def _put_in(self, rows: list[TypedMoney], line: TypedMoney) -> int:
        rows.append(line)
        return len(rows) - 1

    def put(self, form, faults):
        part = "incoming" if self.side() else "outgoing"
        for fault in faults:
            if fault.part == part and fault.index == self.place and fault.field == "yearly":
                form.add_error("amount", words.fault(fault))
            else:
                put([fault], form)

    def _refresh(self):
        super()._refresh()
        self.__dict__.pop("lines", None)

    def is_there(self, form):
        line = form.line()
        return any(
            (one.kind, one.member_id, Decimal(one.yearly)) == (line.kind, line.member, line.yearly)
            for one in self.lines[self.side()]
        )


class AddLine(_Line):
    def page(self):
        return f"line-{self.kwargs['side']}-add"

    @property
    def title(self):
        return _("Add what comes in") if self.side() else _("Add what must go out")

    def stored(self):
        return {"per": hers.MONTH if self.side() else hers.YEAR}


class EditLine(_Line):
    title = gettext_lazy("Change a line")

    def page(self):
        return f"line-{self.kwargs['side']}-{self.kwargs['place']}"

    def stored(self):
        lines = self.lines[self.side()]
        if self.kwargs["place"] >= len(lines):
            raise Http404
        return hers.money_initial(lines[self.kwargs["place"]])

    def _put_in(self, rows, line):
        rows[self.kwargs["place"]] = line
        return self.kwargs["place"]


class RemoveLine(_Lines):
    """Ask once, then take it out; ``seen`` says which line she meant."""

    def _found(self):
        lines, place = self.lines[self.side()], self.kwargs["place"]
        return lines[place] if place < len(lines) else None

    def get(self, request, **kwargs):
        line = self._found()
        if line is None:
            raise Http404
        named = " · ".join(words.line(line))
        seen = self.household.version
        return self.show("relief/remove.html", {"named": named, "seen": seen, "back": self.to("money")})

    def post(self, request, **kwargs):
        if self._found() is None or request.POST.get("seen") != str(self.household.version):
            messages.info(request, _("The list was changed meanwhile. Please look at it again."))
            return redirect(self.to("money"))
        rows = self.typed()
        rows[self.side()].pop(self.kwargs["place"])
        try:
            self.keep_lines(rows)
        except Refused as refused:
            messages.error(request, refused.message())
        else:
            messages.success(request, _("Taken out."))
        return redirect(self.to("money"))
