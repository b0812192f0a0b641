"""Runs the command line; the one place where an error becomes an exit code."""

import contextlib
import os
import sys

from microseg.errors import MicrosegError

_OUR_BUG = 4
_CUT_OFF = 1  # as Typer leaves a pipe that nobody reads
_INTERRUPTED = 130
_LONGEST_NAME = 80
_WRITERS = frozenset({"init", "add", "rename", "build", "--fix", "--write-baseline"})


def start() -> None:
    """The program: one short run over data that stays, so that collecting garbage, or taking all apart at the end, would only cost time."""
    import atexit
    import gc

    gc.disable()
    codes: list[int] = []
    atexit.register(_leave, codes)  # the first to be registered is the last to be called
    try:
        main()
        codes.append(0)
    except SystemExit as end:
        if isinstance(end.code, int):
            codes.append(end.code)
        raise


def _leave(codes: list[int]) -> None:
    """End at once with an exit code, where one is known and all that was written has gone out; else Python ends as ever."""
    import gc

    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
        if codes:
            os._exit(codes[0])
    gc.freeze()  # else Python collects all the same


def main() -> None:
    """Run a command and leave with its exit code."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        _run(sys.argv[1:])
    except MicrosegError as error:
        _say(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # `| head` has seen enough
        _drop_output()
        sys.exit(_CUT_OFF)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except OSError as error:  # of a stream, if it names no file: a full disk behind `>`
        if error.filename is not None or error.errno is None:
            _report(error)
        _say(MicrosegError(f"standard input or output fails: {(error.strerror or 'unknown reason').lower()}", "send the result elsewhere, or into a file"))
        _drop_output()
        sys.exit(MicrosegError.exit_code)
    except Exception as error:
        _report(error)


def _run(words: list[str]) -> None:
    """Run a command: those that are run most without Typer, which takes longer to start than all else together."""
    if words == ["--version"]:
        from microseg import __version__

        print(f"microseg {__version__}")
        return
    if words[:1] == ["lint"]:
        from microseg.cli.quick import asked_of

        asked = asked_of(words[1:])
        if asked is not None:
            from microseg.cli.linting import lint

            sys.exit(lint(asked))
    if words[:1] == ["build"]:
        from microseg.cli.quick import BUILD, read

        held = read(words[1:], BUILD)
        if held is not None:
            from microseg.cli.building import Wanted, build

            sys.exit(build(Wanted(**held)))
    _refuse_endless(words)
    from microseg.cli.app import app

    app(prog_name="microseg")


def _refuse_endless(words: list[str]) -> None:
    """Raises UsageError for a command or option that no one can have meant; Typer would repeat all of it."""
    from microseg.errors import UsageError, short

    for number, word in enumerate(words):
        if word == "--":
            return
        name, is_option = word.partition("=")[0], word.startswith("-")
        if (number == 0 or word.startswith("--")) and len(name) > _LONGEST_NAME and " " not in name:
            raise UsageError(f"there is no {'option' if is_option else 'command'} `{short(name)}`", "`microseg --help` lists what there is")


def _open_closed_streams() -> None:
    """A stream that the shell has closed (`>&-`) is None; what goes there goes nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open as long as the program runs


def _drop_output() -> None:
    """What standard output has not taken goes nowhere, for leaving would try once more and fail again."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(error: MicrosegError) -> None:
    from microseg.source.text import clean

    with contextlib.suppress(OSError):  # where nothing can be said, the exit code still tells
        print(f"error: {clean(error.message)}", file=sys.stderr)
        if error.hint:
            print(f"help: {clean(error.hint)}", file=sys.stderr)


def _report(error: BaseException) -> None:
    import platform
    import traceback

    from microseg import __version__

    safe = " Your files are as they were." if _WRITERS.isdisjoint(sys.argv) else ""
    places = "".join(f"  {frame.filename.rsplit('microseg', 1)[-1]}:{frame.lineno} {frame.name}\n" for frame in traceback.extract_tb(error.__traceback__)[-8:])
    print(
        f"error: microseg made a mistake ({type(error).__name__}).{safe}\n"
        f"help: please report this, with what you did:\nmicroseg {__version__}, Python {platform.python_version()}\n{places}",
        file=sys.stderr,
        end="",
    )
    sys.exit(_OUR_BUG)


if __name__ == "__main__":
    start()
