"""The licence check of the locked packages."""

import pytest

from scripts import check_licences


@pytest.mark.parametrize(
    "expression",
    ["MIT", "Apache-2.0 OR BSD-2-Clause", "MIT AND PSF-2.0", "GPL-2.0-only OR MIT", "(MIT OR Apache-2.0)"],
)
def test_permissive(expression: str) -> None:
    assert check_licences.permissive(expression)


@pytest.mark.parametrize(
    "expression", ["GPL-3.0-only", "MIT AND GPL-2.0-only", "AGPL-3.0", "", "MPL-2.0", "Other"]
)
def test_not_permissive(expression: str) -> None:
    assert not check_licences.permissive(expression)


def test_every_locked_package_may_be_used() -> None:
    trouble = {name: check_licences.judge(name)[1] for name in check_licences.locked()}
    assert {name: text for name, text in trouble.items() if text} == {}


def test_copyleft_packages_are_no_part_of_the_default_installation() -> None:
    lock = (check_licences.ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = {
        line.split("==")[0] for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))
    }
    assert names.isdisjoint(check_licences.SEPARATE)
