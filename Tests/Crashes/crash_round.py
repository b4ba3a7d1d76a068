"""One round: clients add events while the events API changes its ways and instances are killed."""

import random
import time

from clients import Client

SCENARIOS = ["steady", "outage", "hang", "flaky", "original", "overload"]
# Overload takes ten seconds to be over, so it comes seldom.
WEIGHTS = [3, 4, 2, 3, 1, 0.3]


class Round:
    """Everything is chosen by the generator, so that a seed repeats it."""

    def __init__(self, number, generator, simulator, instances, users):
        self.number, self.generator = number, generator
        self.simulator, self.instances, self.users = simulator, instances, users
        self.kills = 0
        self.choices = []

    def run(self):
        """Returns what the clients wanted added."""
        clients = [self.client(index) for index in range(6)]
        for client in clients:
            client.start()
        self.disturb()
        for client in clients:
            client.stopping.set()
        self.select("steady")
        # Also while the outbox delivers, and requests are repeated.
        if self.generator.random() < 0.4:
            time.sleep(self.generator.uniform(0, 0.15))
            self.crash()
        for client in clients:
            client.join()
            if client.failure:
                raise client.failure
        return [addition for client in clients for addition in client.additions]

    def client(self, index):
        generator = random.Random(self.generator.random())
        ports = [instance.port for instance in self.instances]
        return Client(f"r{self.number}-c{index}", ports, self.users, generator, pause=0.03)

    def disturb(self):
        moments = sorted(self.generator.uniform(0, 0.6) for _ in range(3))
        acts = [self.change, self.crash, self.change]
        self.generator.shuffle(acts)
        begin = time.monotonic()
        for moment, act in zip(moments, acts):
            time.sleep(max(0, begin + moment - time.monotonic()))
            act()
        time.sleep(0.1)

    def change(self):
        self.select(self.generator.choices(SCENARIOS, WEIGHTS)[0])

    def select(self, scenario):
        self.choices.append(scenario)
        self.simulator.select(scenario)

    def crash(self):
        victims = [instance for instance in self.instances if self.generator.random() < 0.3]
        victims = victims or [self.generator.choice(self.instances)]
        self.kill(victims)
        # Also while it starts, which takes some 60 ms.
        while self.generator.random() < 0.3:
            for victim in victims:
                victim.start()
            time.sleep(self.generator.uniform(0, 0.1))
            self.kill(victims)
        for victim in victims:
            victim.start()
        for victim in victims:
            victim.wait_until_listening()

    def kill(self, victims):
        for victim in victims:
            victim.kill()
            self.kills += 1
        self.choices.append(f"kill {len(victims)}")
