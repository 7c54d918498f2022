"""Freed memory is kept between the batches of a load."""

import platform

from ipregister.intake import memory


def test_the_library_takes_what_it_is_told() -> None:
    assert memory.keep_freed() is (platform.libc_ver()[0] == "glibc")
