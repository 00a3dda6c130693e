from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def _refresh_templates(sender, using, **kwargs):
    from services.messaging.actions import refresh_templates

    if using == "default":
        refresh_templates()


class MessagingConfig(AppConfig):
    name = "services.messaging"
    label = "messaging"
    verbose_name = _("Messaging")

    def ready(self):
        from services.accounts.registry import couriers
        from services.foundation.kept_work import kept_work
        from services.messaging import code_courier, registry, tasks
        from services.messaging.kept_work import MESSAGES

        registry.courier.employ(tasks.deliver_now.delay)
        kept_work.register("messages", MESSAGES)
        couriers.register("sms", code_courier.carry)
        post_migrate.connect(_refresh_templates, sender=self)
