"""What stops a run: each failure is a class with its exit code and a hint that says what to do."""

_LONGEST = 80


class MicrosegError(Exception):
    """A failure the user can mend. `message` says what is wrong and where, `hint` what to do about it."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the two sentences apart, so that a format may show them on lines of their own."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MicrosegError):
    """The command line asks for something that does not exist or does not fit together."""


class SettingsError(MicrosegError):
    """microseg.yaml cannot be read at all, so nothing can be judged by it."""


class MissingPartError(MicrosegError):
    """A library that this command needs is not installed; the hint is the pip line."""


class OutputError(MicrosegError):
    """A file could not be written."""


def cannot_write(where: object, why: OSError | str, hint: str) -> OutputError:
    """The failure to write a file, in our words or in the system's own."""
    return OutputError(f"{short(where)}: cannot be written: {why if isinstance(why, str) else (why.strerror or 'unknown reason').lower()}", hint)


def short(said: object) -> str:
    """What somebody typed, as a message quotes it: 80 characters at most."""
    text = str(said)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class TemplateError(MicrosegError):
    """A template is wrong; the message names its file and line."""


class NothingToDoError(MicrosegError):
    """No workspace, or no segment in it: a green run on nothing would be a lie."""

    exit_code = 3
