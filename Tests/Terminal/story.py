"""A session of an operator, driven by keys and checked on the screen: python3 story.py PROGRAM.

What is waited for is on the screen or comes there; nothing sleeps.
"""

import itertools
import os
import re
import sys
import tempfile
import termios

from screen import Screen

SETTINGS = {
    # One failure opens, and the wait is short enough to be watched to its end.
    "CIRCUIT_BREAKER_FAILURE_THRESHOLD": "1",
    "CIRCUIT_BREAKER_RESET_TIMEOUT_MS": "2500",
    "CIRCUIT_BREAKER_RESET_MULTIPLIER": "1",
    "CIRCUIT_BREAKER_JITTER": "0",
    "ADD_EVENT_RETRIES": "0",
    "GET_RETRIES": "0",
}

ESCAPE = "\x1b"
ENTER = "\r"


def chapter(name):
    print(f"  {name}", file=sys.stderr)


def second_event_is_marked(screen):
    # Below the border, the names of the columns and the first event.
    top = next(number for number, line in enumerate(screen.lines) if "Events of" in line)
    return "› " in screen.lines[top + 3][32:]


def browse(screen):
    chapter("browse")
    screen.wait_for("all breakers closed", "› Ada Lovelace", "Events of Ada Lovelace")
    screen.type("j")
    screen.wait_for("› Grace Hopper", "Events of Grace Hopper", "50 · by name")
    # The events' own rows move in their own pane.
    screen.type("\tj")
    screen.wait("the second event is marked", second_event_is_marked)
    screen.type("s")
    screen.wait_for("by time")
    screen.type("\x1b[Z")


def find(screen):
    chapter("filter")
    screen.type("/")
    screen.wait_for("/")
    screen.type("lamarr")
    screen.wait_for("› Hedy Lamarr", "Events of Hedy Lamarr")
    screen.wait_without("Grace Hopper")
    screen.type(ENTER)
    # The user stays the one that was found when the others come back.
    screen.type(ESCAPE)
    screen.wait_for("Grace Hopper", "› Hedy Lamarr")


def add(screen):
    chapter("add")
    screen.type("a")
    screen.wait_for("Add event", "Hedy Lamarr")
    screen.type("Frequency hopping" + ENTER)
    screen.wait_for("Added")
    screen.wait("the event is in the list", lambda it: it.line_with("Frequency hopping").startswith("│"))


def rows_of(screen, box, skipped=0):
    """What is written in the lines of a box, but for those skipped and the empty ones."""
    top = next(number for number, line in enumerate(screen.lines) if f"┌ {box} " in line)
    left = screen.lines[top].index("┌")
    inside = itertools.takewhile(lambda line: line[left] == "│", screen.lines[top + 1 :])
    rows = (line[left + 1 :].split("│")[0].strip("›● ") for line in inside)
    return [row for row in itertools.islice(rows, skipped, None) if row]


def choose_scenario(screen, name):
    screen.type("x")
    screen.wait_for("Simulator scenario")
    names = [row.split()[0] for row in rows_of(screen, "Simulator scenario")]
    screen.type("g" + "j" * names.index(name))
    screen.wait(f"{name} is marked", lambda it: re.search(rf"› (● |  ){name} ", str(it)))
    screen.type(ENTER)
    screen.wait_for(f"simulator ({name})")


def trip(screen):
    chapter("trip")
    choose_scenario(screen, "outage")
    screen.type("a")
    screen.wait_for("Add event")
    screen.type("Lost in the outage" + ENTER)
    # The user is asked for first, so that is what fails.
    screen.wait_for("Not added")
    screen.wait("a breaker is open", lambda it: re.search(r"getUserById +OPEN", str(it)))
    screen.type(ESCAPE)
    screen.wait_without("Add event")


def watch(screen):
    chapter("watch")
    screen.type("\t\t")
    screen.type("G")
    screen.wait_for("getUserById ─", "The next call after", "is the probe")
    seen = set()

    def has_counted_down(it):
        left = re.search(r"probe +in ([0-9.]+) s", str(it))
        if left:
            seen.add(float(left[1]))
        return len(seen) >= 3

    screen.wait("a countdown that runs", has_counted_down)


def recover(screen):
    chapter("recover")
    choose_scenario(screen, "steady")
    # What was typed is still there, and its sending is the probe.
    screen.type("a")
    screen.wait_for("Lost in the outage")
    screen.wait("the probe may go", lambda it: re.search(r"getUserById +(OPEN +due|CLOSED)", str(it)), patience=40)
    screen.type(ENTER)
    screen.wait_for("Added")
    screen.type("r")
    screen.wait_for("all breakers closed", patience=40)
    screen.wait_for("Lost in the outage")


def command(screen, words, names):
    """Runs the command that some words find."""
    screen.type(":")
    screen.wait_for("Commands")
    screen.type(words)
    screen.wait(f"{names} is marked", lambda it: f"› {names}" in str(it) and len(rows_of(it, "Commands", skipped=1)) == 1)
    screen.type(ENTER)


def force_open(screen):
    chapter("force open")
    command(screen, "force", "Force the selected breaker open")
    screen.wait_for("Force getUserById open?", "› No")
    screen.type("y")
    screen.wait("it is forced open", lambda it: re.search(r"getUserById +FORCED", str(it)))
    chapter("reset")
    command(screen, "automatic", "Set the selected breaker to automatic")
    screen.wait_for("all breakers closed")


def leave(screen, modes):
    chapter("quit")
    program = screen.program
    screen.type("q")
    while program.read(20):
        pass
    _, status = os.waitpid(program.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"ended with {status}"
    assert termios.tcgetattr(program.terminal) == modes, "the terminal isn't as it was"
    os.close(program.terminal)


def main(program):
    with tempfile.TemporaryDirectory() as home:
        environment = {**SETTINGS, "HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "LANG": "C.UTF-8"}
        arguments = [program, "dashboard", "--port", "0", "--ephemeral", "--scenario", "steady", "--latency", "0"]
        screen = Screen(arguments, environment=environment)
        modes = termios.tcgetattr(screen.program.terminal)
        browse(screen)
        find(screen)
        add(screen)
        trip(screen)
        watch(screen)
        recover(screen)
        force_open(screen)
        leave(screen, modes)


if __name__ == "__main__":
    main(*sys.argv[1:])
