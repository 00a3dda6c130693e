"""What staff set for themselves on the desk. Not their names: women read those in the register of looks."""

from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel

# Pictures of people are neither handed out nor wanted.
_LEFT_OUT = (NameEmailSettingsPanel, AvatarSettingsPanel)


class OwnSettings(AccountView):
    """Wagtail's page of one's own account, without name and picture."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, _LEFT_OUT)]


own_settings = require_admin_access(OwnSettings.as_view())
