from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    name = "services.outreach"
    label = "outreach"
    verbose_name = _("Outreach")

    def ready(self):
        from wagtail.signals import page_published

        from services.foundation.kept_work import kept_work
        from services.outreach import actions, registry, tasks, told
        from services.outreach.kept_work import ANNOUNCEMENTS
        from services.privacy.enums import Purpose
        from services.privacy.registry import WithdrawalEffect, held_data, withdrawal_effects

        registry.sender.employ(tasks.send_announcement.delay)
        page_published.connect(_published, dispatch_uid="outreach.published")
        withdrawal_effects.register(
            "outreach", WithdrawalEffect(Purpose.NEWS, told.consequences, actions.forget_topics)
        )
        kept_work.register("announcements", ANNOUNCEMENTS)
        held_data.register("outreach", told.INTERESTS)


def _published(sender, instance, **kwargs) -> None:
    from services.outreach.actions import page_published

    page_published(instance.pk)
