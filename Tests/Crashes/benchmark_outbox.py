"""Scripts/benchmark-outbox runs this: python3 benchmark_outbox.py BINARY FOLDER EVENTS refusing|503."""

import collections
import http.client
import json
import re
import shutil
import sys
import tempfile
import threading
import time

import processes
from http_calls import call
from limited_upstream import LimitedUpstream

USERS = 100
THREADS = 4
# The defaults, but for the longest wait: it would be most of what is measured.
processes.SETTINGS = {
    "ADD_EVENT_WHEN_DOWN": "queue", "LOG_LEVEL": "error", "CIRCUIT_BREAKER_MAX_RESET_TIMEOUT_MS": "10000",
}


def main(binary, folder, count, outage):
    work = tempfile.mkdtemp(prefix="benchmark-outbox.", dir=folder)
    upstream = LimitedUpstream(processes.free_port())
    upstream.is_down = outage == "503"
    if upstream.is_down:
        upstream.listen()
    instance = processes.Instance(work, binary, 1, upstream.port)
    instance.start()
    try:
        instance.wait_until_listening()
        print(f"{count} events, outage: {outage}")
        begin = time.monotonic()
        queue(instance, count)
        print(f"{count / (time.monotonic() - begin):10.0f} accepted a second, by {THREADS} clients")
        opened = openings(instance)
        begin = time.monotonic()
        if upstream.is_down:
            upstream.is_down = False
        else:
            upstream.listen()
        while len(upstream.accepted) < count:
            time.sleep(0.05)
            assert time.monotonic() < begin + 1800, f"{len(upstream.accepted)} delivered after half an hour"
        time.sleep(1)
        report(upstream, begin, openings(instance) - opened, count)
    finally:
        instance.kill()
    shutil.rmtree(work)


def queue(instance, count):
    """Each user's events come from one client, one after the other: so their order is known."""
    threads = [threading.Thread(target=queue_some, args=(instance, count, number)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def queue_some(instance, count, thread):
    connection = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=30)
    for number in range(count):
        user = number % USERS
        if user % THREADS == thread:
            body = json.dumps({"name": f"Event {number}", "userId": str(user), "number": number})
            connection.request("POST", "/v1/events", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 202, answer.status


def openings(instance):
    metrics = call(instance.port, "GET", "/metrics").body.decode()
    lines = re.findall(r'^evenkeel_breaker_transitions_total\{(.*)\} (\d+)', metrics, re.M)
    return sum(int(number) for labels, number in lines if 'route="addEvent"' in labels and re.search('to="(?i:open)"', labels))


def report(upstream, begin, opened, count):
    moments = [moment for moment, _, _ in upstream.accepted]
    numbers = collections.defaultdict(list)
    for _, user, number in upstream.accepted:
        numbers[user].append(number)
    misplaced = sum(sequence != sorted(sequence) for sequence in numbers.values())
    print(f"{moments[0] - begin:10.1f} s until the first delivery")
    print(f"{moments[-1] - moments[0]:10.1f} s from then on until the last; {count / upstream.capacity:.0f} s are possible")
    print(f"{upstream.peak_per_second():10} accepted in the best second, of {upstream.capacity}")
    print(f"{upstream.peak_under_way:10} under way at once, at most")
    print(f"{len(upstream.refusals):10} answered 503")
    print(f"{opened:10} times the breaker opened after the outage")
    print(f"{misplaced:10} users whose events came in another order than they were accepted in")
    twice = len(upstream.accepted) - len({number for _, _, number in upstream.accepted})
    print(f"{twice:10} events that came twice", flush=True)


if __name__ == "__main__":
    _, binary, folder, count, outage = sys.argv
    main(binary, folder, int(count), outage)
