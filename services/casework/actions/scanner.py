"""What clamd says about a file, over its INSTREAM command (clamd(8)): clean, harmful, or nothing at all."""

import logging
import socket
import struct
from typing import BinaryIO

from django.conf import settings

logger = logging.getLogger(__name__)
_SECONDS = 20
_PIECE = 64 * 1024


class Unreachable(Exception):
    """No verdict: the scanner didn't answer, or not in its own words."""


def is_harmless(stream: BinaryIO) -> bool:
    """Send the file and read the verdict. Raises ``Unreachable``; silence is never taken for consent."""
    try:
        answer = _ask(stream)
    except OSError as error:
        raise Unreachable(str(error)) from error
    if answer.endswith(" FOUND"):
        return False
    if answer.endswith(": OK"):
        return True
    raise Unreachable(answer[:100])


def _ask(stream: BinaryIO) -> str:
    with socket.create_connection((settings.CLAMAV_HOST, settings.CLAMAV_PORT), timeout=_SECONDS) as line:
        line.sendall(b"zINSTREAM\0")
        while piece := stream.read(_PIECE):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < 4096 and (more := line.recv(4096)):
            answer += more
    return answer.rstrip(b"\0\n").decode(errors="replace")
