"""Runs the command line; the one place where an error becomes an exit code."""

import sys

from microseg.errors import MicrosegError

_OUR_BUG = 4


def start() -> None:
    """The program: one short run over data that stays, so that collecting garbage would only cost time."""
    import gc

    gc.disable()
    main()


def main() -> None:
    """Run a command and leave with its exit code."""
    from microseg.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="microseg")
    except MicrosegError as error:
        _say(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except RecursionError as error:
        _report(error)
    except Exception as error:
        _report(error)


def _say(error: MicrosegError) -> None:
    from microseg.source.text import clean

    print(f"error: {clean(error.message)}", file=sys.stderr)
    if error.hint:
        print(f"help: {clean(error.hint)}", file=sys.stderr)


def _report(error: BaseException) -> None:
    import platform
    import traceback

    from microseg import __version__

    places = "".join(f"  {frame.filename.rsplit('microseg', 1)[-1]}:{frame.lineno} {frame.name}\n" for frame in traceback.extract_tb(error.__traceback__)[-8:])
    print(
        f"error: microseg made a mistake ({type(error).__name__}). Your files are as they were.\n"
        f"help: please report this, with what you did:\nmicroseg {__version__}, Python {platform.python_version()}\n{places}",
        file=sys.stderr,
        end="",
    )
    sys.exit(_OUR_BUG)


if __name__ == "__main__":
    start()
