"""The entries of claims in the desk's menu, and the words for what the log records."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from services.mutual_aid.policies import claims as policies


class _For(MenuItem):
    """Shown to whoever ``may`` allows."""

    def __init__(self, may, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.may = may

    def is_shown(self, request):
        return bool(self.may(request.user))


def items() -> list[MenuItem]:
    return [
        _For(policies.may_represent_somebody, _("Claim in a woman's name"), reverse_lazy("claims_desk:find"),
             icon_name="plus", order=40),
        _For(policies.may_read_claims, _("Benefits"), reverse_lazy("claims_desk:benefits"),
             icon_name="tick", order=50),
        _For(policies.may_read_nominations, _("Condolence visits"), reverse_lazy("claims_desk:nominations"),
             icon_name="group", order=60),
        _For(policies.may_read_flagged, _("To be looked at again"), reverse_lazy("claims_desk:flagged"),
             icon_name="warning", order=65),
        _For(policies.may_look_back, _("Look back"), reverse_lazy("claims_desk:look_back"),
             icon_name="history", order=70),
    ]  # fmt: skip


_LOGGED = {
    "mutual_aid.statement": (_("State for the unit"), _("The unit's statement written")),
    "mutual_aid.papers": (_("Judge the papers"), _("Papers judged")),
    "mutual_aid.sum": (_("Change the sum"), _("Sum changed")),
    "mutual_aid.second_sum": (_("Agree to a changed sum"), _("Changed sum agreed to")),
    "mutual_aid.nomination": (_("Decide a nomination"), _("Nomination decided")),
    "mutual_aid.decision_stands": (_("Look at a decided claim again"), _("Looked again: the decision stands")),
    "mutual_aid.look_back": (_("Look back"), _("Looked back")),
}


def log_actions(actions) -> None:
    for code, (label, message) in _LOGGED.items():
        actions.register_action(code, label, message)
