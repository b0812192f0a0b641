"""HTTP for one reader on this machine: pages from memory, and a stream that says when they are out of date."""

from __future__ import annotations

import ipaddress
import json
import os
import re
import socket
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from microseg.briefs.escape import escape_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microseg.preview.live import Live

CHANGES = "/_changes"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# the name or address, and no other part of an address of the web
_HOST = re.compile(r"(?:\[([^\s\[\]/?#@\\]+)\]|([^\s:\[\]/?#@\\]+))(?::\d{0,5})?")
_BEAT = 10.0  # seconds after which a silent stream is tried, so that closed pages are noticed
# nothing is loaded from anywhere, and no other page may frame this one
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_SCRIPT = """<script>(function(){
var mark=%s,source,box;
function tell(lines){
if(!lines.length){if(box)box.remove();box=null;return}
if(!box){box=document.createElement('div');box.id='microseg-problems';box.setAttribute('role','alert');box.style.cssText='position:fixed;inset:auto 0 0 0;max-height:45vh;overflow:auto;z-index:9;background:#7a1f10;color:#fff;font:14px/1.5 system-ui,sans-serif;padding:.8rem 1.2rem';document.body.appendChild(box)}
box.textContent='';
['What is shown may be out of date:'].concat(lines).forEach(function(line){var p=document.createElement('p');p.style.margin='0';p.textContent=line;box.appendChild(p)});
}
function listen(){
source=new EventSource('/_changes');
source.onmessage=function(event){var said=JSON.parse(event.data);if(said.mark!==mark)location.reload();else tell(said.problems)};
}
document.addEventListener('visibilitychange',function(){source.close();if(!document.hidden)listen()});
listen()})()</script>"""
_ERROR = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>{title}</title></head>
<body style="font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1.2rem"><h1>{title}</h1><p>{text}</p><p><a href="/">All segments</a></p></body></html>
"""


class Server(ThreadingHTTPServer):
    """Answers from what `live` shows, to those who call it by its own name; bound to more than loopback, by any address that is no name."""

    daemon_threads = True
    request_queue_size = 128  # with the five of the library, a browser that opens many pages at once waits for seconds
    allow_reuse_address = os.name != "nt"  # there it would let two programs share a port

    def __init__(self, live: Live, host: str, port: int) -> None:
        """Bind to host and port. Raises OSError where that is taken or not ours."""
        self.live = live
        self.host = host.lower()
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who hangs up is no news; all else is a mistake of ours, and is said."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # handed on as it came

    def may_be_called(self, headers: Sequence[str]) -> bool:
        """Is the one Host of a request ours? A page on the web that makes its name point here is told nothing."""
        found = _HOST.fullmatch(headers[0]) if len(headers) == 1 else None
        if found is None:
            return False
        name = (found[1] or found[2]).lower()
        if name == self.host or name in LOOPBACK:
            return True
        return self.host not in LOOPBACK and _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "microseg"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """A page, a file of the site, or the stream of changes."""
        self._answer()

    def do_HEAD(self) -> None:
        """The same without a body."""
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        """Requests are not worth a line."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - the library's words repeat what was sent
        """What the library refuses (a method, a line or a header that is too long), under the headers of every answer."""
        self.close_connection = True  # what follows would be read in the middle
        self._fail(HTTPStatus(code), "This cannot be answered", "The preview shows pages to a browser, and understands no other requests.")

    def _answer(self) -> None:
        if not self.server.may_be_called(self.headers.get_all("Host", [])):
            self._fail(HTTPStatus.FORBIDDEN, "This address is not ours", "The preview answers to the address that it was started with.")
            return
        if not self.path.startswith("/"):  # as a proxy is asked
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        path = unquote(urlsplit(self.path).path)
        if path == CHANGES:
            self._stream()
            return
        mark = self.server.live.mark
        found = self.server.live.shown.answer(path.lstrip("/") or "index.html")
        if found is None:
            self._fail(HTTPStatus.NOT_FOUND, "There is no such page", "Perhaps its segment has another id now, or its file cannot be read.")
        elif found.problem:
            self._fail(HTTPStatus.INTERNAL_SERVER_ERROR, "A template is wrong", found.problem)
        else:
            self._send(HTTPStatus.OK, _with_script(found.body, mark) if found.media == "text/html" else found.body, found.media)

    def _fail(self, status: HTTPStatus, title: str, text: str) -> None:
        page = _ERROR.format(title=escape_html(title), text=escape_html(text)).encode()
        is_shown = status in {HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR}
        self._send(status, _with_script(page, self.server.live.mark) if is_shown else page, "text/html")

    def _send(self, status: HTTPStatus, body: bytes, media: str) -> None:
        self._begin(status, media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _begin(self, status: HTTPStatus, media: str) -> None:
        self.send_response(status)
        if self.close_connection:
            self.send_header("Connection", "close")
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin", "Content-Security-Policy": _POLICY}
        for name, value in {"Content-Type": f"{media}; charset=utf-8", **headers}.items():
            self.send_header(name, value)

    def _stream(self) -> None:
        """Says what is shown, and again whenever that changes, until the page is closed."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, "text/event-stream")
        self.end_headers()
        live, said = self.server.live, ""
        while self.command != "HEAD":
            with live.changed:
                live.changed.wait_for(lambda: _state(live) != said, _BEAT)  # noqa: B023 - asked within this round
                now = _state(live)
            try:
                self.wfile.write(f"data: {now}\n\n".encode() if now != said else b":\n\n")
                self.wfile.flush()
            except OSError:
                return
            said = now


def _state(live: Live) -> str:
    return json.dumps({"mark": live.mark, "problems": live.problems})


def _with_script(body: bytes, mark: str) -> bytes:
    """A page that reloads itself when it is out of date."""
    script = (_SCRIPT % json.dumps(mark)).encode()
    head, end, tail = body.rpartition(b"</body>")
    return head + script + end + tail if end else body + script


def make_server(live: Live, host: str, port: int, *, tries: int = 1) -> Server:
    """A server on the first free one of so many ports. Raises OSError where there is none."""
    for number in range(port, port + tries - 1):
        try:
            return Server(live, host, number)
        except OSError:
            continue
    return Server(live, host, port + tries - 1)
