"""Writes down every host that a Python process asks for; loaded by PYTHONPATH, for tests."""

import os
import sys

_GUARDED = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
_FILE = os.open(os.environ["GUARD_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def _note(event, arguments):
    if event in _GUARDED:
        target = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
        host = target[0] if isinstance(target, tuple) else target
        os.write(_FILE, f"{event} {host!r}\n".encode())


sys.addaudithook(_note)
