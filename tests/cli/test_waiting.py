"""The line that tells how far a long question is: only on a terminal, only after a while, and gone when it is answered."""

import io
import time

from microseg.cli import waiting as module
from microseg.cli.waiting import waiting


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_where_it_is_known_how_much_is_done(monkeypatch):
    told = _told(monkeypatch, Terminal(), lambda: 0.43)

    assert "\r\x1b[Kcounting accounts [##########--------------] 43%, 0 s" in told
    assert told.endswith("\r\x1b[K")


def test_the_seconds_where_it_is_not(monkeypatch):
    assert "\r\x1b[Kcounting accounts, 0 s" in _told(monkeypatch, Terminal(), lambda: None)


def test_what_is_quick_says_nothing(monkeypatch):
    assert _told(monkeypatch, Terminal(), lambda: 0.5, patience=60) == ""


def test_what_is_no_terminal_is_told_nothing(monkeypatch):
    assert _told(monkeypatch, io.StringIO(), lambda: 0.5) == ""


def _told(monkeypatch, stream, share, patience=0):
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(module, "_PATIENCE", patience)
    monkeypatch.setattr(module, "_PACE", 0.001)
    with waiting("opening the tables", share) as say:
        say("counting accounts")
        time.sleep(0.02)
    return stream.getvalue()
