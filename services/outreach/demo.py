"""The demo's news: a woman who agreed and chose a topic, and the guide that was announced to the city."""

from services.foundation.demo import DemoContext
from services.outreach import actions
from services.outreach.registry import shelf
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice


def load(context: DemoContext) -> None:
    now = context.now
    notice = current_notice(Purpose.NEWS, now=now)
    for worker in context.made["workers.known"].values():
        worker.refresh_from_db()
        if worker.user:
            give_consent(worker.user, purpose=Purpose.NEWS, notice=notice, language="zh-hans", now=now)
    her = context.made["workers.known"]["booked"].user
    actions.choose_topics(her, list(shelf.library.topics())[:2])
    actions.announce(
        context.made["cms_pages.guide"].pk,
        organization=context.made["organizations.city"],
        topic="",
        by=context.made["organizations.staff"]["city-officer"],
        now=now,
    )
