"""Messages in the outbox."""

import factory
from django.utils import timezone

from services.messaging.enums import Channel, MessageState
from services.messaging.models import Message
from tests.factories.accounts import WorkerUserFactory


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    key = "booking_confirmed"
    channel = Channel.IN_SITE
    recipient = factory.SubFactory(WorkerUserFactory)
    subject = "预约成功"
    body = "您的预约已确认。"
    dedupe_key = factory.Sequence(lambda n: f"test-{n}")
    state = MessageState.SENT
    sent_at = factory.LazyFunction(timezone.now)
