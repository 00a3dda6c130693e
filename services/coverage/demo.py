"""Coverage in the demo."""

from services.coverage import demo_returns
from services.foundation.demo import DemoContext


def load(context: DemoContext) -> None:
    demo_returns.load(context)
