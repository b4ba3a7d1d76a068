"""What the dashboard costs: see Scripts/benchmark-dashboard."""

import contextlib
import os
import random
import socket
import subprocess
import sys
import time

from pseudo_terminal import Program, cpu_seconds, wake_ups

RATE = 1000
CLIENTS = 10
FLAGS = ["--ephemeral", "--latency", "1", "--log-level", "warning"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def percentiles(values):
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


@contextlib.contextmanager
def dashboard(evenkeel, scenario="steady", refresh=0):
    """The dashboard with loaded tables, and the port of its API."""
    port = free_port()
    environment = {"REFRESH_INTERVAL_MS": str(refresh), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    program = Program([evenkeel, "dashboard", "--port", str(port), "--scenario", scenario] + FLAGS, environment=environment)
    try:
        program.wait_for(b"Users")
        program.collect(2)
        yield program, port
    finally:
        program.end()


@contextlib.contextmanager
def load(port):
    """Requests at a steady rate for as long as the block takes."""
    url = f"http://127.0.0.1:{port}/getUsers"
    hey = subprocess.Popen(
        ["hey", "-z", "10m", "-q", str(RATE // CLIENTS), "-c", str(CLIENTS), url],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(1)
        yield
    finally:
        hey.kill()
        hey.wait()


def first_paint(evenkeel):
    times = []
    for _ in range(11):
        program = Program([evenkeel, "dashboard", "--port", "0", "--scenario", "hang"] + FLAGS, environment={"LANG": "C.UTF-8"})
        times.append(program.wait_for(b"Users"))
        program.end()
    middle, late = percentiles(times)
    print(f"first paint after exec, the events API hanging: p50 {middle * 1000:.0f} ms, p95 {late * 1000:.0f} ms")


def key_times(program, count=300):
    """How long it takes from a key to the first bytes of what it brings about."""
    random.seed(1)
    times = []
    for number in range(count):
        program.collect(random.uniform(0.02, 0.04))
        begin = time.perf_counter()
        program.type(b"j" if number % 2 == 0 else b"k")
        if program.read(1):
            times.append(time.perf_counter() - begin)
    return times


def keys(evenkeel):
    with dashboard(evenkeel) as (program, port):
        idle = percentiles(key_times(program))
        with load(port):
            busy = percentiles(key_times(program))
    for name, (middle, late) in [("idle", idle), (f"at {RATE} requests/s", busy)]:
        print(f"key to painted, {name}: p50 {middle * 1000:.2f} ms, p95 {late * 1000:.2f} ms")


def written(evenkeel):
    for name, scenario in [("idle", "steady"), ("while a breaker's countdown runs", "outage")]:
        with dashboard(evenkeel, scenario) as (program, _):
            if name == "idle":
                # The lanes move for as long as something is on them.
                program.type(b"++++++")
                program.collect(40)
            before = wake_ups(program.pid)
            output = program.collect(6)
            wakes = (wake_ups(program.pid) - before) / 6
            print(f"written {name}: {len(output) / 6:.0f} bytes/s, {wakes:.1f} wake-ups/s")


def processor(evenkeel):
    shares = {"serve": [], "dashboard": []}
    for _ in range(2):
        port = free_port()
        serve = subprocess.Popen(
            [evenkeel, "serve", "--port", str(port)] + FLAGS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(2)
        shares["serve"].append(share(serve.pid, port, lambda seconds: time.sleep(seconds)))
        serve.terminate()
        serve.wait()
        with dashboard(evenkeel) as (program, port):
            shares["dashboard"].append(share(program.pid, port, program.collect))
    serve_share, dashboard_share = (sum(values) / len(values) for values in shares.values())
    print(
        f"processor at {RATE} requests/s: serve {serve_share:.1f} %, dashboard {dashboard_share:.1f} %, "
        f"{dashboard_share - serve_share:+.1f} points"
    )


def share(pid, port, wait, seconds=10):
    """The share of one processor that a process takes under load."""
    with load(port):
        before, begin = cpu_seconds(pid), time.perf_counter()
        wait(seconds)
        return 100 * (cpu_seconds(pid) - before) / (time.perf_counter() - begin)


if __name__ == "__main__":
    for measure in [first_paint, keys, written, processor]:
        measure(os.path.abspath(sys.argv[1]))
