"""Overdue now: how many cases lie longer than they should, where, at which step. Each figure opens its very list."""

from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from services.casework.desk.pages import CaseworkPage, desk_url
from services.casework.enums import Stage, StepKind
from services.casework.queries import Whose
from services.casework.queries.late import overdue_by_desk
from services.foundation import clock

# Steps of a route in their usual order, then what waits besides.
COLUMNS = (*StepKind, Stage.NOTICE, Stage.OBJECTION, Stage.APPEALED)
MOST_SHOWN = 500


class OverdueNow(CaseworkPage, TemplateView):
    """The figures are counted at this moment by the conditions of the lists they open."""

    page_title = gettext_lazy("Overdue now")
    template_name = "casework/desk/overdue.html"

    @cached_property
    def found(self):
        return overdue_by_desk(self.request.user, today=clock.today())

    def sentence(self, total: int) -> str:
        if not total:
            return _("Nothing within your reach is overdue today.")
        words = ngettext("%(cases)s case is overdue today,", "%(cases)s cases are overdue today,", total)
        at = ngettext("at %(places)s organisation.", "at %(places)s organisations.", len(self.found))
        return f"{words % {'cases': total}} {at % {'places': len(self.found)}}"

    def get_context_data(self, **kwargs):
        columns = [code for code in COLUMNS if any(at.by_step.get(code) for at in self.found)]
        total = sum(at.cases for at in self.found)
        return super().get_context_data(
            sentence=self.sentence(total),
            headings=[code.label for code in columns],
            rows=[
                {
                    "at": at,
                    "cells": [(at.by_step.get(code, 0), listing(at.code, code)) for code in columns],
                    "url": listing(at.code),
                }
                for at in self.found[:MOST_SHOWN]
            ],
            totals=[(sum(at.by_step.get(code, 0) for at in self.found), listing(step=code)) for code in columns],
            total=total,
            total_url=listing(),
            more=max(0, len(self.found) - MOST_SHOWN),
            **kwargs,
        )


def listing(desk: str = "", step: str = "") -> str:
    """The list of those that are overdue: at one organisation or anywhere within her reach, at one step or at any."""
    asked = {"whose": Whose.REACH, "overdue": "1", "desk": desk}
    asked["step" if step in StepKind.values else "stage"] = step
    return f"{desk_url('list')}?{urlencode({name: value for name, value in asked.items() if value})}"
