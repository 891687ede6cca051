#!/usr/bin/env python
"""Django's command line, on real servers that start by themselves where none is given."""

import os
import signal
import sys


def main() -> None:
    # Nothing is begun yet that Ctrl-C would have to put away; config/local/interrupts.py gives it back.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
