"""helpers.networks.quiet: what native code writes is dropped inside the block, and only there."""

import os

import pytest

from helpers.networks.quiet import native_logs_off


def test_bytes_on_descriptor_2_are_dropped_inside_only(capfd):
    os.write(2, b"before ")
    with native_logs_off():
        os.write(2, b"inside ")
        os.write(1, b"standard output ")
    os.write(2, b"after")
    assert capfd.readouterr() == ("standard output ", "before after")


def test_an_exception_passes_and_the_descriptor_comes_back(capfd):
    with pytest.raises(ImportError, match="no keras"), native_logs_off():
        os.write(2, b"inside ")
        raise ImportError("no keras")
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_no_descriptor_is_left_open():
    free = os.dup(2)
    os.close(free)
    with native_logs_off():
        pass
    again = os.dup(2)
    os.close(again)
    assert again == free


def test_a_wish_for_more_or_less_logging_is_kept(monkeypatch):
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "1")
    with native_logs_off():
        pass
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "1"
