"""How far deliveries are: by supplier and county, then by item, then by home; on the screen and on paper."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.foundation import clock
from services.home_equipment.desk.pages import EquipmentPage, desk_url
from services.home_equipment.enums import Supplier, Unit
from services.home_equipment.exporters import positions_for


@dataclass(slots=True)
class Row:
    """``lines``: lines of the standard at homes; pieces of different items are never added up (2 computers and 300
    titles are no 302 of anything)."""

    label: str
    url: str = ""
    unit: str = ""
    lines: int = 0
    complete: int = 0
    required: int = 0
    sent: int = 0
    received: int = 0
    gap: int = 0

    def add(self, one) -> None:
        self.lines += 1
        self.complete += one.gap == 0
        self.required += one.required
        self.sent += one.sent
        self.received += one.received
        self.gap += one.gap

    @property
    def open(self) -> int:
        return self.lines - self.complete

    @property
    def percent(self) -> int:
        return self.complete * 100 // self.lines if self.lines else 0


class Progress(EquipmentPage, TemplateView):
    page_title = gettext_lazy("How far deliveries are")
    template_name = "home_equipment/desk/progress.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def positions(self):
        return positions_for(self.request.user, self.request.GET)

    @cached_property
    def chosen(self) -> dict:
        _positions, filters = self.positions
        return dict(filters.form.cleaned_data) if filters.is_valid() else {}

    def address(self, **changes) -> str:
        """This report narrowed further."""
        county = self.chosen.get("county")
        state = {name: self.chosen.get(name) for name in ("supplier", "code")} | {"county": county and county.code}
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in (state | changes).items() if value})
        return f"{desk_url('progress')}?{query.urlencode()}"

    @property
    def header_buttons(self):
        query = self.request.GET.urlencode()
        return [
            HeaderButton(_("Print (A4)"), url=f"{desk_url('progress_print')}?{query}", icon_name="view"),
            HeaderButton(
                _("Export to Excel"),
                url=f"{reverse('exports:ask', args=['equipment_progress'])}?{query}",
                icon_name="download",
                attrs={"data-desk-export": "true"},
            ),
        ]

    def report(self) -> dict:
        positions, filters = self.positions
        total = Row("")
        for one in positions:
            total.add(one)
        return {
            "filters": filters,
            "total": total,
            "sentence": self._sentence(total),
            "suppliers": self._by(positions, lambda one: one.supplier, self._supplier),
            "counties": self._by(positions, lambda one: one.home.county, self._county),
            "items": self._by(positions, lambda one: (one.code, one.name, one.unit), self._item),
            "homes": self._homes(positions) if self.chosen.get("county") or self.chosen.get("code") else [],
            "chosen": self.chosen,
            "address": self.address(),
            "all": desk_url("progress"),
        }

    def _sentence(self, total: Row) -> str:
        if not total.lines:
            return _("No standard list is in force, or no home is within your reach.")
        words = ngettext(
            "Of %(lines)s line of the standard at the homes %(complete)s is complete (%(percent)s %%).",
            "Of %(lines)s lines of the standard at the homes %(complete)s are complete (%(percent)s %%).",
            total.lines,
        )
        return words % {"lines": total.lines, "complete": total.complete, "percent": total.percent}

    @staticmethod
    def _by(positions, key, make) -> list[Row]:
        rows: dict = {}
        for one in positions:
            rows.setdefault(key(one), None)
        found = {one: make(one) for one in rows}
        for one in positions:
            found[key(one)].add(one)
        return list(found.values())

    def _supplier(self, supplier: str) -> Row:
        return Row(str(Supplier(supplier).label), self.address(supplier=supplier))

    def _county(self, county) -> Row:
        return Row(county.name, self.address(county=county.code))

    def _item(self, key: tuple) -> Row:
        code, name, unit = key
        return Row(f"{code} {name}", self.address(code=code), unit=str(Unit(unit).label))

    @staticmethod
    def _homes(positions) -> list[dict]:
        by_home: dict = defaultdict(list)
        for one in positions:
            by_home[one.home].append(one)
        found = []
        for home, lines in by_home.items():
            row = Row(home.host.name, desk_url("home", home.code))
            for one in lines:
                row.add(one)
            missing = [f"{one.name} {one.received}/{one.required}" for one in lines if one.gap]
            found.append({"row": row, "home": home, "missing": _(", ").join(missing)})
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(**self.report(), **kwargs)


class ProgressPrint(Progress):
    def get(self, request, *args, **kwargs):
        context = self.report() | {"printed_at": clock.now(), "words": self._narrowed()}
        return TemplateResponse(request, "home_equipment/desk/progress_print.html", context)

    def _narrowed(self) -> str:
        chosen = self.chosen
        parts = [chosen["county"].name] if chosen.get("county") else []
        parts += [str(Supplier(chosen["supplier"]).label)] if chosen.get("supplier") else []
        return " · ".join(parts)
