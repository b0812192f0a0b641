"""microseg serve: the site while it is being written, reloaded at every save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.common import require_segments, root_of
from microseg.cli.options import HERE, AsOf, Directory, Quiet, read_day, say
from microseg.errors import UsageError, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microseg.preview.live import Live
    from microseg.preview.server import Server

FIRST_PORT = 4180
_TRIES = 20
_LAST_PORT = 65_535


def run(
    *,
    port: Annotated[int | None, typer.Option("--port", "-p", metavar="N", min=0, max=_LAST_PORT, help="The port; left out: the first free one from 4180 on. 0: any.", show_default=False)] = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on. Others than the loopback let everybody on the network read your segments.")] = "127.0.0.1",
    directory: Directory = HERE,
    as_of: AsOf = "",
    quiet: Quiet = False,
) -> None:
    """Show the site in a browser while you write; every save reloads the page. Nothing is written.

    \b
    microseg serve
    microseg serve --port 8000
    """
    import gc
    import threading

    from microseg.preview.live import Live
    from microseg.preview.server import LOOPBACK

    if not host:
        raise UsageError("no address to listen on", "name one behind --host, or leave it out")
    gc.enable()  # the program switches it off for short runs
    live = Live(root_of(directory), read_day(as_of))
    require_segments(live.project)
    server = _bound(live, host, port)
    shown = f"[{host}]" if ":" in host else host
    if host not in LOOPBACK:
        say(f"warning: everybody who can reach {short(host)} can read these segments; without --host only this machine can")
    say(f"the segments are at http://{shown}:{server.server_address[1]}/ and every save reloads them; Ctrl-C ends it")
    threading.Thread(target=_watch, args=(live,), kwargs={"quiet": quiet}, daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("ended", quiet=quiet)
    finally:
        server.server_close()
        live.close()


def _bound(live: Live, host: str, port: int | None) -> Server:
    """A server on the port that was asked for, else on the first free one."""
    from microseg.preview.server import make_server

    try:
        return make_server(live, host, FIRST_PORT if port is None else port, tries=_TRIES if port is None else 1)
    except (OSError, OverflowError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        where = f"{short(host)}, ports {FIRST_PORT} to {FIRST_PORT + _TRIES - 1}" if port is None else f"{short(host)}, port {port}"
        raise UsageError(f"{where}: {why}", "name another with --port, or leave --host out") from None


def _watch(live: Live, *, quiet: bool) -> None:
    """Watch until the program ends; whatever else ends the watch is a mistake of ours, and is said."""
    try:
        live.watch(lambda paths: _tell(paths, live, quiet=quiet))
    finally:
        say("error: microseg made a mistake, and saves are no longer shown; start it again, and please report what is said here")


def _tell(paths: Sequence[str], live: Live, *, quiet: bool) -> None:
    from microseg.source.text import clean

    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    say(f"{clean(paths[0])}{more} changed" + (f"; {clean(live.problems[0])}" if live.problems else ""), quiet=quiet)
