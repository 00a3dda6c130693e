"""Who belongs to her household: the list, one person a page, taking somebody out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation.errors import Refused
from services.relief import errors
from services.relief.actions import files
from services.relief.enums import Relation
from services.relief.forms import hers
from services.relief.models import Member
from services.relief.public.page import HerPage, Questions
from services.relief.rules.asking import asks_household
from services.relief.wording import household as words


class People(HerPage):
    """Everybody, herself first; or that she lives alone."""

    asked = asks_household

    def get(self, request, **kwargs):
        return self._answer()

    def post(self, request, **kwargs):
        """Nobody is taken out of the list by it: whoever stands in it has to be taken out by name."""
        others = self.household.members.exclude(relation=Relation.SELF)
        rows = [hers.stored_person(one) for one in others]
        try:
            files.save_members(self.household, rows, alone=True, seen=self.household.version, **self.stamp)
        except errors.FileInvalid as refused:
            return self._answer(" ".join(words.fault(one) for one in refused.faults))
        except Refused as refused:
            return self._answer(refused.message())
        messages.success(request, _("Saved."))
        return redirect(self.to("application"))

    def _answer(self, refusal: str = ""):
        people = list(self.household.members.all())
        rows = [(one, words.person(one)) for one in people]
        context = {
            "rows": rows,
            "alone": len(people) == 1,
            "said_alone": bool(self.household.particulars.get("alone")),
            "refusal": refusal,
        }
        return self.show("relief/people.html", context, status=422 if refusal else 200)


class _Person(Questions):
    asked = asks_household
    goes_to = "people"

    @cached_property
    def others(self) -> list[Member]:
        return list(self.household.members.exclude(relation=Relation.SELF))

    def member(self) -> Member | None:
        return None

    def form(self, data=None, initial=None):
        return hers.MemberForm(data, initial=initial, application=self.application, member=self.member())

    def _rows(self, typed) -> tuple[list, int]:
        """The whole list with this person in it, and her place."""
        key = typed.key
        rows = [typed if one.pk == key else hers.stored_person(one) for one in self.others]
        if key is None:
            return [*rows, typed], len(rows)
        return rows, next(place for place, one in enumerate(self.others) if one.pk == key)

    def save(self, form):
        rows, self.place = self._rows(form.person())
        files.save_members(self.household, rows, seen=self.household.version, **self.stamp)

    def put(self, form, faults):
        """What is wrong with her beside her fields; with somebody else above them."""
        super().put(form, [fault for fault in faults if fault.index in (None, self.place)])
        elsewhere = [fault for fault in faults if fault.index not in (None, self.place)]
        if elsewhere and not form.errors:
            form.add_error(None, _("Another person in the list has to be corrected first: open the list."))

    def _refresh(self):
        super()._refresh()
        self.__dict__.pop("others", None)


class AddPerson(_Person):
    title = gettext_lazy("Add a person")
    lede = gettext_lazy("Somebody who lives with you and shares what comes in, or whom you must keep.")

    def stored(self):
        return {"lives_with": True}

    def compared(self):
        return sorted(one.pk for one in self.others)

    def is_there(self, form):
        data = form.cleaned_data
        return any((one.name, one.birth_date) == (data["name"].strip(), data["birth_date"]) for one in self.others)


class EditPerson(_Person):
    title = gettext_lazy("Change a person")

    def page(self):
        return f"person-{self.kwargs['member']}"

    def member(self):
        found = next((one for one in self.others if one.pk == self.kwargs["member"]), None)
        if found is None:
            raise Http404
        return found

    def stored(self):
        one = self.member()
        return {
            "relation": one.relation,
            "name": one.name,
            "birth_date": one.birth_date,
            "lives_with": one.lives_with,
            **one.particulars,
        }


class RemovePerson(HerPage):
    """Ask once, then take the person and her lines of money out of the list. Gone already: the list."""

    asked = asks_household

    def _found(self) -> Member | None:
        others = self.household.members.exclude(relation=Relation.SELF)
        return others.filter(pk=self.kwargs["member"]).first()

    def get(self, request, **kwargs):
        member = self._found()
        if member is None:
            raise Http404
        lines = self.household.money.filter(member=member).count()
        return self.show(
            "relief/remove.html", {"named": words.whose(member), "lines": lines, "back": self.to("people")}
        )

    def post(self, request, **kwargs):
        member = self._found()
        if member is not None:
            left = self.household.members.exclude(relation=Relation.SELF).exclude(pk=member.pk)
            rows = [hers.stored_person(one) for one in left]
            try:
                files.save_members(self.household, rows, seen=self.household.version, **self.stamp)
            except Refused as refused:
                messages.error(request, refused.message())
            else:
                messages.success(request, _("Taken out."))
        return redirect(self.to("people"))
