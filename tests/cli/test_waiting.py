"""A run that cannot say how far it is says how long it has taken, to a person who watches and to nobody else."""

import io
import sys
import time

from microseg.cli import waiting


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_person_sees_the_seconds_and_then_nothing(monkeypatch):
    monkeypatch.setattr(waiting, "_PACE", 0.01)
    monkeypatch.setattr(sys, "stderr", Terminal())

    with waiting.waiting("measuring"):
        time.sleep(0.05)

    told = sys.stderr.getvalue()
    assert told.startswith("\r\x1b[Kmeasuring, 0 s")
    assert told.endswith("\r\x1b[K")


def test_a_log_sees_nothing(monkeypatch):
    monkeypatch.setattr(waiting, "_PACE", 0.01)
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    with waiting.waiting("measuring"):
        time.sleep(0.03)

    assert sys.stderr.getvalue() == ""
