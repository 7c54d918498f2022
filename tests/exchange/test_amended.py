"""What is put right in a document stands in an order of its own: the same record is the same bytes in every process."""

import os
import subprocess
import sys

PROGRAM = """
from ipregister.exchange.amended import amendments
from ipregister.model.patent import Patent, PatentParty

left = Patent(office="LA", application_number="P/1", applicants=(PatentParty(country="LA"),))
right = Patent(office="LA", application_number="P/1", registration_number="7", registration_date="2024-01-01",
               office_status="x", applicants=(PatentParty(country="LA", city="Vientiane", region="VT", role="a",
                                                          postal_code="1", nationality="LA"),))
print([(one.kind, one.pointer) for one in amendments(left, right)])
"""


def told(seed: int) -> str:
    """The amendments as a process tells them whose sets have another order."""
    settings = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True, env=settings
    ).stdout


def test_the_order_is_that_of_the_record_in_every_process() -> None:
    first, *others = [told(seed) for seed in (1, 2, 3)]
    assert first.count("absent") == 8
    assert others == [first, first]
