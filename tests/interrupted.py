"""Work that is told to end at each of its moments in turn."""

import sys
from collections.abc import Callable, Iterator
from itertools import count


def at_each_moment(work: Callable[[], None], file: str) -> Iterator[int]:
    """Run the work again and again, interrupted before its first operation in the file of that name, its second, and so on.

    Gives the moment after each run that was interrupted, and ends with the first that was not.
    """
    for moment in count(1):
        left = [moment]

        def trace(frame, event, _, left=left):
            if not frame.f_code.co_filename.endswith(file):
                return None
            frame.f_trace_opcodes = True
            if event == "opcode":
                left[0] -= 1
                if not left[0]:
                    raise KeyboardInterrupt
            return trace

        before = sys.gettrace()
        sys._getframe().f_trace_opcodes = True  # before tracing begins: Python 3.12 makes no such events for frames that ask later
        sys.settrace(trace)
        try:
            work()
        except KeyboardInterrupt:
            pass
        else:
            return
        finally:
            sys.settrace(before)
        yield moment
