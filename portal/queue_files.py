"""The queue of an installation without a broker: files, each of them whole from the moment at which it is seen.

Kombu's own makes the file first and fills it afterwards. A worker that looks in between reads an empty message, and
stops for good: whatever the clock should do from then on isn't done, and nobody is told.
"""

import logging
from pathlib import Path
from queue import Empty
from time import time_ns
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        """Written beside, under a name that nobody asks for, and put in its place in one step. Names sort by time."""
        name = f"{time_ns()}_{uuid4()}.{queue}.msg"
        place = Path(self.data_folder_out) / name
        beside = place.with_name(f"{name}.part")
        try:
            beside.write_bytes(str_to_bytes(dumps(payload)))
            beside.replace(place)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise ChannelError(f"Cannot add file {name!r} to directory") from error

    def _get(self, queue):
        """A message that can't be read, after a full disk or a lost machine, is put away like any other one: what it
        asked for stands in a row, and the clock takes it up."""
        try:
            return super()._get(queue)
        except ValueError:
            logger.exception("A message of the queue %s can't be read and is left out.", queue)
            raise Empty from None


class Transport(filesystem.Transport):
    Channel = Channel


def employ() -> None:
    """For every connection of this process whose address begins with ``filesystem:``."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
