"""What the lists and forms of this part of the desk share: what staff keep beside the cases."""

from wagtail.admin.widgets.button import HeaderButton

from services.casework.desk.pages import CaseworkPage, desk_url
from services.foundation.desk import DeskFormView, DeskListView


class KeptList(CaseworkPage, DeskListView):
    """``add`` names the page that adds a line and its label, for those who ``may_add``."""

    list_export = ()
    is_searchable = False
    add: tuple[str, str] = ("", "")

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.page_title}]

    def may_add(self) -> bool:
        return False

    @property
    def header_buttons(self):
        name, label = self.add
        return [HeaderButton(label, url=desk_url(name), icon_name="plus")] if self.may_add() else []


class KeptForm(CaseworkPage, DeskFormView):
    """One action; ``above`` is the list it belongs to; ``field_of`` maps refusals to the field they belong beside."""

    above = ("list", "")
    field_of: dict[str, str] = {}

    def trail(self):
        name, label = self.above
        return [*super().trail(), {"url": desk_url(name), "label": label}]

    def get_success_url(self):
        return desk_url(self.above[0])

    def field_for(self, refusal):
        return self.field_of.get(refusal.code)
