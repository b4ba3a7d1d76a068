"""Compares what clients were answered with what the events API has."""

import collections
import glob
import os
import sqlite3
import time

from http_calls import Lost


def drain(instances, patience=60):
    """Waits until nothing waits in the outbox, as every instance says; returns the refused entries."""
    begin = time.monotonic()
    while time.monotonic() < begin + patience:
        left = [instance.outbox("waiting,delivering") for instance in instances]
        if not any(left):
            return instances[0].outbox("refused")
        if time.monotonic() > begin + 1:
            hurry(instances[0], left[0])
        time.sleep(0.02)
    raise AssertionError(f"still in the outbox after {patience} s: {left}")


def hurry(instance, entries):
    """Has tried again now what waits for long, because the events API failed with 500: as an operator would."""
    for entry in entries[:20]:
        if entry["state"] == "waiting" and entry.get("nextAttemptAt"):
            instance.retry(entry)


def violations(additions, names, refused):
    """What is wrong, in sentences with the evidence."""
    counts = collections.Counter(names)
    refused_entries = {entry["id"] for entry in refused}
    found = []
    for addition in additions:
        count = counts[addition.name]
        allowed = {0, 1}
        if addition.user == "nobody" or addition.is_refused:
            allowed = {0}
        elif addition.is_accepted:
            allowed = {1}
        problems = list(addition.violations)
        if count not in allowed:
            problems.append(f"{count} times in the events API")
        if addition.user == "nobody" and addition.is_accepted and addition.entry not in refused_entries:
            problems.append("accepted, and neither added nor among the refused")
        found += [f"{problem}: {addition.evidence()}" for problem in problems]
    return found


def check_database(work):
    """The file is sound, and the totals in it are what counting gives."""
    [path] = glob.glob(os.path.join(work, "data", "*", "evenkeel.sqlite"))
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        assert database.execute("PRAGMA quick_check").fetchall() == [("ok",)], "the database is damaged"
        states = ["waiting", "delivering", "delivered", "refused"]
        counted = dict(database.execute("SELECT state, count(*) FROM outbox GROUP BY state"))
        totals = database.execute(f"SELECT {', '.join(states)} FROM outboxTotals").fetchone()
        expected = tuple(counted.get(state, 0) for state in states)
        assert totals == expected, f"totals {totals}, counted {expected}"
    finally:
        database.close()


def outcome(addition):
    """What an addition counts as in the report."""
    if addition.is_accepted:
        return f"accepted with {addition.statuses[0]}"
    return "refused" if addition.is_refused else "without an answer that says"
