"""The preview among programs that do not speak HTTP, or speak it in order to get at files."""

import socket
import threading
import time

import pytest

from microseg.preview.live import Live
from microseg.preview.server import make_server

pytestmark = pytest.mark.slow
OURS = b"Host: 127.0.0.1\r\n"
REQUESTS = {
    "HTTP/0.9": b"GET /\r\n",
    "nothing": b"\r\n\r\n",
    "noise": bytes(range(256)) * 20,
    "NUL": b"\0" * 5_000,
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xaa" * 400,
    "a line of a megabyte": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + OURS + b"\r\n",
    "a header of a megabyte": b"GET / HTTP/1.1\r\n" + OURS + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "ten thousand headers": b"GET / HTTP/1.1\r\n" + OURS + b"X: a\r\n" * 10_000 + b"\r\n",
    "a websocket": b"GET / HTTP/1.1\r\n" + OURS + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nConnection: close\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "a proxy's request": b"GET http://evil.example/microseg.yaml HTTP/1.1\r\n" + OURS + b"Connection: close\r\n\r\n",
    "an address that is none": b"GET http://[/ HTTP/1.1\r\n" + OURS + b"Connection: close\r\n\r\n",
    "a method of 60,000 letters": b"A" * 60_000 + b" / HTTP/1.1\r\n" + OURS + b"\r\n",
    "a second request in the body": b"POST / HTTP/1.1\r\n" + OURS + b"Content-Length: 42\r\n\r\nGET / HTTP/1.1\r\n" + OURS + b"\r\n\r\n",
    "CONNECT": b"CONNECT evil.example:443 HTTP/1.1\r\n" + OURS + b"\r\n",
    "a negative length": b"POST / HTTP/1.1\r\n" + OURS + b"Content-Length: -5\r\n\r\n",
    "version 9": b"GET / HTTP/9.9\r\n" + OURS + b"\r\n",
    "dots": b"GET /../../../../etc/passwd HTTP/1.1\r\n" + OURS + b"Connection: close\r\n\r\n",
    "dots twice encoded": b"GET /%252e%252e/%252e%252e/microseg.yaml HTTP/1.1\r\n" + OURS + b"Connection: close\r\n\r\n",
    "no UTF-8": b"GET /\xff\xfe%ff%fe HTTP/1.1\r\n" + OURS + b"Connection: close\r\n\r\n",
    "a link out": b"GET /segments/out.yaml HTTP/1.1\r\n" + OURS + b"Connection: close\r\n\r\n",
    "a port that is none": b"GET / HTTP/1.1\r\nHost: 127.0.0.1:99999999999\r\nConnection: close\r\n\r\n",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    root = tmp_path_factory.mktemp("served")
    (root / "segments").mkdir()
    (root / "microseg.yaml").write_text("version: 1\ndefaults: {owner: somebody}\n")
    (root / "segments/a.yaml").write_text("id: a\nname: All\n")
    (root / "segments/out.yaml").symlink_to("/etc/passwd")
    live = Live(root, None)
    server = make_server(live, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    live.check()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    live.close()


def _answer(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            found = b""
            while part := connection.recv(1 << 16):
                found += part
        except OSError:  # it has hung up, which is an answer too
            return b""
    return found


@pytest.mark.parametrize("name", REQUESTS)
def test_nonsense_gets_nothing_and_the_next_reader_is_served(name, port, capsys):
    answer = _answer(port, REQUESTS[name])
    status = answer.split(b"\r\n", 1)[0]

    assert b"root:x:" not in answer
    assert b"version: 1" not in answer
    assert b"AAAA" not in answer
    assert b"nosniff" in answer or not status.startswith(b"HTTP/1.1")
    assert answer.count(b"HTTP/1.1 ") <= 1
    assert name not in {"two hosts", "no host"} or status.endswith(b"403 Forbidden")
    assert b"200 OK" in _answer(port, b"GET / HTTP/1.1\r\n" + OURS + b"Connection: close\r\n\r\n")
    assert capsys.readouterr().err == ""


def test_slow_readers_hold_up_nobody(port):
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
    for one in slow:
        one.sendall(b"GET / HT")
    began = time.monotonic()

    assert b"200 OK" in _answer(port, b"GET / HTTP/1.1\r\n" + OURS + b"Connection: close\r\n\r\n")
    assert time.monotonic() - began < 5
    for one in slow:
        one.close()
