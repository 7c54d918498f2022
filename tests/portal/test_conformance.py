"""The API does what its document says: Schemathesis asks the real server what it can think of."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.portal.releasing import serving

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance," \
         "response_schema_conformance,negative_data_rejection,unsupported_method"  # fmt: skip
"""All but the one that takes every query for a good one: no schema can tell what the query language refuses."""


@pytest.mark.slow
def test_no_failure_and_nothing_undocumented(released_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text('[parameters]\n"query.wait" = 0\n')
    with serving(released_copy) as address:
        command = [
            sys.executable,
            "-c",
            "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())",
        ]
        command += ["run", f"{address}/api/v1/openapi.json", "--max-examples", "6", "--checks", CHECKS, "--seed", "7",
                    "--phases", "examples,coverage,fuzzing,stateful", "--generation-database", "none",
                    "--no-color"]  # fmt: skip
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "Rate limited" not in run.stdout
