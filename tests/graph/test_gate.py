"""Reads beside commits of other processes: each sees a commit whole or not at all, and neither waits for ever."""

import threading
import time

import pytest

from graph.errors import QueryError
from graph.store.serving import Gate


def test_a_read_during_which_something_was_committed_is_made_again(tmp_path):
    gate, seen = Gate(tmp_path), []

    def read():
        seen.append(gate.count())
        if len(seen) < 3:
            commit = gate.commit()
            commit.begin()
            commit.end()
        return len(seen)

    assert gate.read(read) == 3
    assert gate.read(lambda: "quiet") == "quiet" and len(seen) == 3


def test_a_read_that_fails_is_made_again_only_if_something_was_committed(tmp_path):
    gate, tries = Gate(tmp_path), []

    def read():
        tries.append(1)
        if len(tries) == 1:
            gate.step(gate.count() + 2)
        raise QueryError("no such record")

    with pytest.raises(QueryError):
        gate.read(read)
    assert len(tries) == 2


def test_commits_wait_for_a_read_that_was_disturbed_too_often(tmp_path):
    gate, tries, order = Gate(tmp_path), [], []

    def commit():
        other = Gate(tmp_path).commit()
        other.begin()
        order.append("commit")
        other.end()

    def read():
        tries.append(1)
        if len(tries) <= 3:
            gate.step(gate.count() + 2)
            return None
        thread = threading.Thread(target=commit)
        thread.start()
        time.sleep(0.3)
        order.append("read")
        return thread

    gate.read(read).join()
    assert order == ["read", "commit"]


def test_a_read_waits_for_a_commit_that_goes_on(tmp_path):
    gate = Gate(tmp_path)
    begun = threading.Event()

    def slow():
        commit = Gate(tmp_path).commit()
        commit.begin()
        begun.set()
        time.sleep(0.3)
        commit.end()

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait()
    assert gate.read(gate.count) % 2 == 0
    thread.join()
