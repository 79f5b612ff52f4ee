"""The nginx of deploy/, as an administrator puts it in front: what it lets in, says and writes."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from channels.sessions import Sessions
from tests.proxy import UNVERIFIED, nginx
from tests.served import free_port

CANARY = "canarywordthatnobodytypes"
POST = "POST /webhooks/web/webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
SLOWER = {"rate=200r/s": "rate=1r/m", "burst=1200": "burst=20"}
pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="needs Debian's nginx-light")


class Replica(ThreadingHTTPServer):
    """Stands for a replica: says its number and what reached it."""

    def __init__(self, number: int) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.number, self.asked = number, list[str]()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Replica

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append(self.path)
        if "broken" in self.path:
            self.close_connection = True
            return
        body = str(self.server.number).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "nginx"


@pytest.fixture
def replicas() -> Iterator[list[Replica]]:
    running = [Replica(number) for number in range(3)]
    yield running
    for each in running:
        each.shutdown()
        each.server_close()


@pytest.fixture
def proxy(folder: Path, replicas: list[Replica]) -> Iterator[str]:
    with nginx(folder, [each.server_port for each in replicas]) as address:
        yield address


def asked(address: str, request: str, tls: bool = True) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what nginx answers to a request written by hand."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    heard = b""
    plain = socket.create_connection((str(host), port or 0), timeout=20)
    with UNVERIFIED.wrap_socket(plain) if tls else plain as connection:
        connection.sendall(request.encode())
        try:
            while part := connection.recv(65536):
                heard += part
        except (ssl.SSLError, ConnectionError):
            pass
    head, _, body = heard.partition(b"\r\n\r\n")
    line, *fields = head.decode().split("\r\n")
    named = {name.lower(): value.strip() for name, _, value in (f.partition(":") for f in fields)}
    return int(line.split()[1]), named, body


def get(address: str, path: str, *headers: str) -> tuple[int, dict[str, str], bytes]:
    lines = [f"GET {path} HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]
    return asked(address, "\r\n".join(lines))


def check_refused(answer: tuple[int, dict[str, str], bytes], status: int) -> None:
    """JSON in the form of the assistant's own refusals, that no cache keeps."""
    found, headers, body = answer
    assert found == status and headers["content-type"] == "application/json"
    error = json.loads(body)["error"]
    assert set(error) == {"code", "message"} and "nginx" not in body.decode()
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")
    assert ("retry-after" in headers) == (status in (429, 503))
    assert "max-age" in headers["strict-transport-security"]


@pytest.mark.parametrize("path", ["/ready", "/ready/", "/ready?x=1", "/%72eady", "//ready", "/a/../ready", "/ready//"])  # fmt: skip
def test_the_probe_is_for_inside(proxy: str, replicas: list[Replica], path: str) -> None:
    """However its address is written; what only begins alike is let through."""
    check_refused(get(proxy, path), 403)
    assert not [each.asked for each in replicas if "/ready" in "".join(each.asked)]
    assert get(proxy, "/readying")[0] == 200


def test_every_refusal_is_json(proxy: str) -> None:
    """Too large, malformed, without TLS, and a replica that breaks off."""
    large = f"{POST}Connection: close\r\nContent-Length: 20000\r\n\r\n" + "a" * 20000
    check_refused(asked(proxy, large), 413)
    desk = large.replace("/webhooks/web/webhook", "/desk/account")
    assert asked(proxy, desk)[0] == 200
    check_refused(asked(proxy, desk.replace("20000", "200000") + "a" * 180_000), 413)
    check_refused(get(proxy, "/" + "a" * 9000), 414)
    check_refused(get(proxy, "/chat", "X: " + "a" * 40000), 400)
    check_refused(asked(proxy, f"{POST}Content-Length: -1\r\n\r\n"), 400)
    check_refused(asked(proxy, "GET /chat HTTP/1.1\r\n\r\n"), 400)
    check_refused(get(proxy, "/broken"), 503)
    check_refused(get(proxy, "/refused"), 404)
    check_refused(asked(proxy, "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), 405)
    status, headers, body = asked(proxy, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", tls=False)
    assert status == 400 and headers["content-type"] == "application/json" and json.loads(body)


def test_no_replica_is_said_as_json(folder: Path) -> None:
    """All are gone: 503 and when to come back."""
    with nginx(folder, [free_port() for _ in range(3)]) as address:
        check_refused(get(address, "/chat"), 503)


def test_a_script_hears_when_to_come_back(folder: Path, replicas: list[Replica]) -> None:
    """Beyond the rate of an address: 429 with Retry-After; here the rate is a small one."""
    with nginx(folder, [each.server_port for each in replicas], SLOWER) as address:
        answers = [get(address, f"/health?{CANARY}") for _ in range(40)]
    refused = [answer for answer in answers if answer[0] != 200]
    assert 10 < len(refused) < 25
    for answer in refused:
        check_refused(answer, 429)
    assert CANARY not in "".join(path.read_text() for path in folder.glob("*.txt"))


def test_answers_say_that_only_tls_is_spoken(proxy: str) -> None:
    """The header that lets browsers forget plain HTTP stands once on what is let through."""
    assert get(proxy, "/chat")[1]["strict-transport-security"] == "max-age=31536000"


def test_one_session_meets_one_replica(proxy: str) -> None:
    """Each keeps its own, and all three have work."""
    met = {
        session: {get(proxy, "/chat", f"X-Guidepost-Session: {session}")[2] for _ in range(3)}
        for session in map(str, range(40))
    }
    assert all(len(numbers) == 1 for numbers in met.values())
    assert set().union(*met.values()) == {b"0", b"1", b"2"}


def test_two_devices_of_one_chat_meet_one_replica(proxy: str) -> None:
    """Their senders differ in time and signature alone."""
    sessions = Sessions("a key for the proxy's test")
    conversations = [sessions.conversation(sessions.new("lincoln")) for _ in range(20)]
    for conversation in conversations:
        signed = sessions.again(str(conversation)).rsplit(".", 2)
        senders = [f"{signed[0]}.a{place}Bc_d.{place}{signed[2][1:]}" for place in range(5)]
        met = {get(proxy, "/chat", f"X-Guidepost-Session: {sender}")[2] for sender in senders}
        assert len(met) == 1


def test_a_message_that_was_sent_is_not_sent_again(proxy: str, replicas: list[Replica]) -> None:
    """The page sends it again, with its id; nginx would send it without."""
    asked(
        proxy,
        POST.replace("/webhook ", "/broken ") + "Connection: close\r\nContent-Length: 2\r\n\r\n{}",
    )
    assert sum(path.endswith("/broken") for each in replicas for path in each.asked) == 1


def test_no_word_of_a_student_is_in_a_log(proxy: str, folder: Path) -> None:
    """Neither of an address nor of a referrer, also where something went wrong."""
    words = f"?guide={CANARY}"
    get(proxy, f"/chat{words}", f"Referer: https://x/{CANARY}")
    get(proxy, f"/broken{words}", f"Cookie: {CANARY}")
    get(proxy, f"/ready{words}")
    get(proxy, f"/chat{words}", f"Bad Header {CANARY}")
    get(proxy, f"/chat{words}" + "a" * 9000)
    logs = {path.name: path.read_text() for path in folder.glob("*.txt")}
    assert len(logs["access.txt"].splitlines()) >= 5
    assert CANARY not in "".join(logs.values()), [n for n, log in logs.items() if CANARY in log]
