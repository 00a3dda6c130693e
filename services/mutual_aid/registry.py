"""What other apps may tell mutual aid: that a woman is worth reminding of her cover, and never why."""

from collections.abc import Collection

from services.foundation.registry import Registry


class Reminder:
    """Base of what another app registers. Its answer holds keys of women and nothing else: neither mutual aid nor its
    staff learn which app named whom, or for what."""

    def ask(self, workers: Collection[int]) -> set[int]:
        """Those among these women (keys of their records) in whose records something may be a claim. Constant
        queries."""
        return set()


reminders: Registry[Reminder] = Registry("reminders of cover")
