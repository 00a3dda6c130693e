"""A scanner for tests."""

import socket
import struct
import threading


class Clamd:
    """A scanner on a port of this machine that speaks clamd's INSTREAM and finds one word harmful."""

    def __init__(self, answer: bytes = b""):
        self.line = socket.create_server(("127.0.0.1", 0))
        self.port, self.answer, self.read = self.line.getsockname()[1], answer, []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                client, _address = self.line.accept()
            except OSError:
                return
            with client, client.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                data = b""
                while length := struct.unpack("!I", stream.read(4))[0]:
                    data += stream.read(length)
                self.read.append(data)
                found = b"stream: Example-Virus FOUND" if b"HARMFUL" in data else b"stream: OK"
                client.sendall((self.answer or found) + b"\0")
