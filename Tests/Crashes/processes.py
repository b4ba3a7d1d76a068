"""The processes under test: the events API's simulator, and instances of Evenkeel that are killed and started again."""

import os
import re
import socket
import subprocess
import time

from http_calls import Lost, call

# Recovery within tenths of a second instead of tens of seconds: a round is to take a second or two.
SETTINGS = {
    "ADD_EVENT_WHEN_DOWN": "queue",
    "ADD_EVENT_RETRY_DELAY_MS": "10",
    "CIRCUIT_BREAKER_FAILURE_WINDOW_MS": "1000",
    "CIRCUIT_BREAKER_RESET_TIMEOUT_MS": "100",
    "CIRCUIT_BREAKER_MAX_RESET_TIMEOUT_MS": "200",
    "UPSTREAM_TIMEOUT_MS": "200",
    "REQUEST_DEADLINE_MS": "500",
    "LOG_LEVEL": "notice",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """A process that prints where it listens, with its output in a file."""

    def __init__(self, work, name, command):
        self.command = command
        self.log = os.path.join(work, name + ".log")
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            self.begins = log.tell()
            environment = {**os.environ, **SETTINGS}
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, env=environment)

    def wait_until_listening(self):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if re.search(rb"^\S.*listens on", self.output(), re.M):
                return
            if self.process.poll() is not None:
                raise AssertionError(f"{self.log}: ended with {self.process.returncode} instead of listening")
            time.sleep(0.005)
        raise AssertionError(f"{self.log}: doesn't listen after 20 s")

    def output(self):
        with open(self.log, "rb") as log:
            log.seek(self.begins)
            return log.read()

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()


class Simulator(Program):
    """The events API."""

    def __init__(self, work, binary):
        self.port, self.control = free_port(), free_port()
        ports = ["--port", str(self.port), "--control-port", str(self.control)]
        calm = ["--scenario", "steady", "--latency", "5", "--log-level", "warning"]
        super().__init__(work, "simulator", [binary, "simulator", *ports, *calm])

    def select(self, scenario):
        answer = call(self.control, "PUT", "/_scenario", {"scenario": scenario})
        assert answer.status == 200, answer.body

    def event_names(self):
        return [event["name"] for event in call(self.port, "GET", "/getEvents").json()]

    def users(self):
        return [user["id"] for user in call(self.port, "GET", "/getUsers").json()]


class Instance(Program):
    """Evenkeel."""

    def __init__(self, work, binary, number, upstream):
        self.port = free_port()
        folder = os.path.join(work, "data")
        where = ["--port", str(self.port), "--data-dir", folder, "--upstream", f"http://127.0.0.1:{upstream}"]
        super().__init__(work, f"evenkeel-{number}", [binary, "serve", *where])

    def outbox(self, states):
        """The entries in these states; all pages."""
        entries, cursor = [], ""
        while True:
            answer = call(self.port, "GET", f"/v1/outbox?limit=200&state={states}{cursor}")
            if answer.status != 200:
                raise Lost(f"{answer.status}: {answer.body}")
            entries += answer.json()
            following = re.search(r"[?&]cursor=([^&>]+)[^>]*>; *rel=\"?next", answer.headers.get("Link", ""))
            if not following:
                return entries
            cursor = "&cursor=" + following[1]

    def retry(self, entry):
        call(self.port, "POST", f"/v1/outbox/{entry['id']}/retry")
