"""Many random formulas through every public computation: what is slow, what raises, what warns, what is wrong.

    python -m tests.bench.fuzz --formulas 20000 --seed 1

prints the slowest inputs of every operation in seconds of the processor, every exception that is not documented, every
warning, and every value that differs from the certified one where float64 can hold it. It ends with 1 if there is any.
"""

# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
import warnings
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

import numdiff as nd
from tests.formulas import formulas
from tests.operations import DOCUMENTED, OPERATIONS, TooLongError, differing, point

SHOWN = 3
"""The slowest inputs that are shown for each operation."""
LONGEST = 10.0
"""Seconds of the processor after which an operation is broken off."""
LIMIT = 1.0


def _stop(*_: object) -> None:
    raise TooLongError


def trials(f: nd.Function, number: int) -> Iterator[tuple[str, float, str]]:
    """Yield for every operation its name, its seconds, and what was wrong with it ("" if nothing)."""
    at = point(f, number)
    name = f.variables[0] if f.variables else "x"
    for operation, run in OPERATIONS.items():
        fault, begun = "", time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
        try:
            run(f, at, name)
        except DOCUMENTED:
            pass
        except TooLongError:
            fault = "broken off"
        except Exception as error:  # noqa: BLE001 - what is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            fault = f"{type(error).__name__}: {error} ({where.filename.rsplit('/', 1)[-1]}:{where.lineno})"
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        yield operation, time.process_time() - begun, fault
    with suppress(*DOCUMENTED):
        yield from (("against certified values", 0.0, fault) for fault in differing(f, at))


def main() -> int:
    """Run and report; return 1 if anything was wrong or too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formulas", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end after so long, whatever is left")
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    warnings.simplefilter("error")
    signal.signal(signal.SIGVTALRM, _stop)
    slowest: dict[str, list[tuple[float, str]]] = defaultdict(list)
    faults = done = 0
    for number, f in enumerate(islice(formulas(options.seed), options.formulas)):
        if time.monotonic() > end:
            break
        done += 1
        for operation, seconds, fault in trials(f, number):
            slowest[operation] = sorted([*slowest[operation], (seconds, f.text)], reverse=True)[:SHOWN]
            if fault or seconds > LIMIT:
                faults += 1
                print(f"{operation}, {seconds:.2f} s, {fault or 'slow'}: {f.text}", flush=True)
    print(f"\n{done} formulas, seed {options.seed}: {faults} faults; the slowest, in s of the processor")
    for operation, rows in slowest.items():
        for rank, (seconds, text) in enumerate(rows):
            print(f"{operation if not rank else '':28}{seconds:8.3f}  {text[:120]}")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
