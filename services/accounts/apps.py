from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "services.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from services.accounts import receivers  # noqa: F401 - connecting is the import's effect
        from services.accounts.exporters import SIGN_INS

        SIGN_INS.register()
