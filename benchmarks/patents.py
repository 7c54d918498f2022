"""Patents a second and core: ST.36 and ST.96 read, of the golden samples. `python -m benchmarks.patents`"""

import gc
import time
from pathlib import Path

from ipregister.exchange.sources import Reader, recognise
from ipregister.model.offices import office

SAMPLES = Path(__file__).parent.parent / "tests" / "samples"
CASES = ("vn/patent-utility-solution", "vn/patent-st96", "ph/patent-invention", "ep/exchange-document")
SECONDS, ROUNDS = 0.6, 3


def rate(read: Reader, raw: bytes, code: str) -> float:
    """Records a second of CPU, the best of some rounds."""
    best = 0.0
    for _ in range(ROUNDS):
        count, began = 0, time.process_time()
        while time.process_time() - began < SECONDS:
            read(raw, office(code))
            count += 1
        best = max(best, count / (time.process_time() - began))
    return best


def main() -> None:
    """Print a line for each case."""
    gc.collect()
    gc.freeze()
    for case in CASES:
        raw = (SAMPLES / f"{case}.in.xml").read_bytes()
        source = recognise(raw)
        if source is not None:
            print(
                f"{case:32} {source.name:12} {len(raw):6} bytes {rate(source.read, raw, case[:2].upper()):8.0f} records/s"
            )


if __name__ == "__main__":
    main()
