"""serve: what it refuses before it listens; the rest is in tests/preview."""

import socket

import pytest


@pytest.fixture
def planned(tree):
    tree({"microseg.yaml": "version: 1\n", "segments/a.yaml": "name: A\n"})


def test_a_port_that_is_taken_is_told(run, planned):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = run("serve", "--port", str(port))

    assert (told.code, told.out) == (2, "")
    assert told.err == f"error: 127.0.0.1, port {port}: address already in use\nhelp: name another with --port, or leave --host out\n"


def test_an_empty_address_is_told_and_not_taken_for_every_address(run, planned):
    told = run("serve", "--host", "")

    assert (told.code, told.err) == (2, "error: no address to listen on\nhelp: name one behind --host, or leave it out\n")


def test_an_address_that_is_not_ours_is_told(run, planned):
    told = run("serve", "--host", "192.0.2.1")

    assert (told.code, told.err.splitlines()[0]) == (2, "error: 192.0.2.1, ports 4180 to 4199: cannot assign requested address")


def test_there_must_be_something_to_show(run, tree):
    tree({"microseg.yaml": "version: 1\n"})

    assert run("serve").code == 3
