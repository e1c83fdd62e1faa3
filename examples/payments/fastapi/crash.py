"""For the proof in proofs/claims: the process kills itself at a named point, by a chance.

`PAYMENTS_DIE` is a list as `claimed=0.05,paid=0.05`; each death is noted in `PAYMENTS_DEATHS`.
"""

import os
import random
import signal

_CHANCES = {
    point: float(chance)
    for point, _, chance in (
        one.partition("=") for one in os.environ.get("PAYMENTS_DIE", "").split(",") if one
    )
}


def at(point: str) -> None:
    if random.random() < _CHANCES.get(point, 0):
        with open(os.environ["PAYMENTS_DEATHS"], "ab", buffering=0) as deaths:
            deaths.write(f"{point}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
