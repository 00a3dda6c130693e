from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _first_notices(sender, using, **kwargs):
    from services.privacy.actions import ensure_first_notices

    if using == "default":
        ensure_first_notices()


class PrivacyConfig(AppConfig):
    name = "services.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self):
        from services.privacy import account_data
        from services.privacy.exporters import LOOKS

        account_data.register()
        LOOKS.register()
        post_migrate.connect(_first_notices, sender=self)
