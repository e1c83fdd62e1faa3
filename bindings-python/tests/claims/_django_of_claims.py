"""Django's settings, which a process has once: those of the tests of frameworks."""

from __future__ import annotations

import _applications


def configured() -> None:
    _applications.configure_django()
