"""A message of the tests' own, registered for one test only."""

import pytest

from services.messaging.enums import Channel
from services.messaging.registry import MessageSpec, messages


@pytest.fixture
def spec():
    made = MessageSpec(
        key="test_notice",
        description="Test",
        channels=(Channel.SMS, Channel.EMAIL),
        slots=("title", "date"),
        texts={
            "zh-hans": ("通知:{title}", "{title} 定于 {date}。"),
            "en": ("Notice: {title}", "{title} is on {date}."),
        },
    )
    messages.register(made.key, made)
    yield made
    messages._items.pop(made.key)
