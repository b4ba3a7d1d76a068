"""Clients that add events, and remember what they were answered."""

import random
import threading
import time
import uuid

from http_calls import Lost, NotSent, call


class Addition:
    """One event that a client wants added, and what became of its requests."""

    def __init__(self, name, user, generator):
        self.name = name
        self.user = user
        self.body = {"name": name, "userId": user}
        self.key = f"key-{name}" if generator.random() < 0.4 else None
        # With an identifier of its own a repeat is safe, too.
        if generator.random() < 0.4:
            self.body["id"] = str(uuid.UUID(int=generator.getrandbits(128), version=4))
        self.is_repeatable = self.key is not None or "id" in self.body
        self.statuses = []
        self.entry = None
        self.violations = []
        self.lost = 0
        self.replayed = False

    @property
    def is_accepted(self):
        return any(status in (200, 201, 202) for status in self.statuses)

    @property
    def is_refused(self):
        return not self.is_accepted and any(400 <= status < 500 for status in self.statuses)

    def evidence(self):
        return f"{self.body} key {self.key}: answers {self.statuses}, {self.lost} lost"


class Client(threading.Thread):
    """Adds events one after the other, until it is told to stop."""

    def __init__(self, label, ports, users, generator, pause):
        super().__init__(daemon=True)
        self.label, self.ports, self.users, self.pause = label, ports, users, pause
        self.generator = generator
        self.additions = []
        self.stopping = threading.Event()
        self.failure = None

    def run(self):
        try:
            while not self.stopping.is_set():
                self.add_one()
                time.sleep(self.generator.uniform(0, self.pause))
        except Exception as error:  # whatever it is, the run has to fail
            self.failure = error

    def add_one(self):
        # Some users don't exist.
        user = self.generator.choice(self.users) if self.generator.random() < 0.95 else "nobody"
        addition = Addition(f"{self.label}-{len(self.additions)}", user, self.generator)
        self.additions.append(addition)
        twin = None
        if addition.key and self.generator.random() < 0.2:
            twin = threading.Thread(target=self.send, args=(addition, random.Random(self.generator.random())))
            twin.start()
        first = self.send(addition, self.generator)
        if twin:
            twin.join()
        elif addition.key and first and self.generator.random() < 0.3:
            self.replay(addition, first)

    def send(self, addition, generator):
        """Sends it until there is an answer that settles it, or once where a repeat might add it twice."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            answer = self.try_once(addition, generator)
            # 409 with Retry-After: the same request is worked on.
            is_under_way = answer and answer.status == 409 and "Retry-After" in answer.headers
            if answer and answer.status < 500 and not is_under_way:
                addition.statuses.append(answer.status)
                if answer.status == 202:
                    addition.entry = answer.json()["id"]
                return answer
            if not addition.is_repeatable:
                addition.statuses += [answer.status] if answer else []
                return None
            time.sleep(0.02)
        addition.violations.append("not answered for 60 s")
        return None

    def try_once(self, addition, generator):
        headers = {"Idempotency-Key": addition.key} if addition.key else {}
        try:
            return call(generator.choice(self.ports), "POST", "/v1/events", addition.body, headers)
        except NotSent:
            return None
        except Lost:
            addition.lost += 1
            return None

    def replay(self, addition, first):
        again = self.try_once(addition, self.generator)
        if again and again.status not in (409, 503):
            addition.replayed = True
            if (again.status, again.body) != (first.status, first.body):
                addition.violations.append(f"{first.status} {first.body} was repeated as {again.status} {again.body}")
