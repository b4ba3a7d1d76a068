"""The terminal's window is closed while events wait: the service ends in order all the same: python3 hang_up.py PROGRAM.

The kernel then ends all reads and sends SIGHUP at the same moment, so that either may be noticed first.
"""

import json
import os
import re
import sys
import tempfile
import urllib.request

from screen import Screen

EVENT = json.dumps({"name": "Kept", "userId": "1"}).encode()
HEADERS = {"Content-Type": "application/json", "Prefer": "respond-async"}


def close_window(program, home):
    environment = {"HOME": home, "XDG_STATE_HOME": home, "XDG_CONFIG_HOME": home, "LANG": "C.UTF-8"}
    arguments = [program, "dashboard", "--port", "0", "--scenario", "outage", "--data-dir", home]
    screen = Screen(arguments, environment=environment)
    screen.wait_for("API http://")
    address = re.search(r"API (http://\S+)", str(screen))[1]
    answer = urllib.request.urlopen(urllib.request.Request(address + "/addEvent", EVENT, HEADERS))
    assert answer.status == 202, answer.status
    screen.wait_for("outbox ")
    os.close(screen.program.terminal)
    _, status = os.waitpid(screen.program.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, f"ended with {os.waitstatus_to_exitcode(status)}"
    # What a clean end leaves: the layout, and a last line in the log.
    with open(os.path.join(home, "evenkeel", "evenkeel.log")) as log:
        last = [json.loads(line)["message"] for line in log][-1]
    assert last == "Events stay in the outbox for the next start", last


def main(program, rounds=5):
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as home:
            close_window(program, home)


if __name__ == "__main__":
    main(*sys.argv[1:])
