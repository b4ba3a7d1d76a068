"""Scripts/test-crashes runs this: python3 Tests/Crashes BINARY FOLDER ROUNDS INSTANCES [SEED]."""

import collections
import random
import shutil
import sys
import tempfile
import time

import verdict
from crash_round import Round
from processes import Instance, Simulator


def main(binary, folder, rounds, instance_count, seed):
    work = tempfile.mkdtemp(prefix="test-crashes.", dir=folder)
    print(f"{rounds} rounds, {instance_count} instances, seed {seed}", flush=True)
    simulator = Simulator(work, binary)
    instances = [Instance(work, binary, number, simulator.port) for number in range(1, instance_count + 1)]
    programs = [simulator, *instances]
    try:
        for program in programs:
            program.start()
            program.wait_until_listening()
        report(run(rounds, random.Random(seed), work, simulator, instances))
    except BaseException:
        print(f"seed {seed}; logs and the database are in {work}", file=sys.stderr)
        raise
    finally:
        for program in programs:
            program.kill()
    shutil.rmtree(work)


def run(rounds, generator, work, simulator, instances):
    """Returns counts of what happened; exits at the first violation."""
    counts = collections.Counter()
    users = simulator.users()
    for number in range(1, rounds + 1):
        begin = time.monotonic()
        # A generator of its own, so that a round doesn't depend on those before.
        current = Round(number, random.Random(generator.random()), simulator, instances, users)
        additions = current.run()
        refused = verdict.drain(instances)
        found = verdict.violations(additions, simulator.event_names(), refused)
        if found:
            sys.exit("\n".join([f"round {number}, {', '.join(current.choices)}:", *found]))
        verdict.check_database(work)
        count(counts, current, additions)
        counts["slowest round, ms"] = max(counts["slowest round, ms"], int((time.monotonic() - begin) * 1000))
    return counts


def count(counts, current, additions):
    counts["rounds"] += 1
    counts["kills"] += current.kills
    for addition in additions:
        counts["events"] += 1
        counts[verdict.outcome(addition)] += 1
        counts["answers lost"] += addition.lost
        counts["with a key and sent more than once"] += addition.key is not None and addition.lost > 0
        counts["answers repeated and compared"] += addition.replayed


def report(counts):
    for name, number in counts.items():
        print(f"{number:8} {name}")
    print("no violation", flush=True)


if __name__ == "__main__":
    _, binary, folder, rounds, instance_count, seed = sys.argv
    main(binary, folder, int(rounds), int(instance_count), int(seed or random.SystemRandom().randrange(10**6)))
