"""A program on a pseudo-terminal, as fast as it can be read."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time


class Program:
    """A program whose terminal this process reads and types on."""

    def __init__(self, arguments, columns=120, rows=36, environment=None):
        self.started = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(arguments[0], arguments, {**os.environ, **(environment or {})})
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, patience):
        """What is written within `patience` seconds, as soon as there is something; b"" where there isn't."""
        if not select.select([self.terminal], [], [], max(0, patience))[0]:
            return b""
        try:
            return os.read(self.terminal, 1 << 20)
        except OSError:
            return b""

    def collect(self, seconds):
        """Everything that is written in that time."""
        end = time.perf_counter() + seconds
        output = b""
        while (left := end - time.perf_counter()) > 0:
            output += self.read(left)
        return output

    def wait_for(self, text, patience=20):
        """Returns when a text has been written, with how long that took since the program was started."""
        seen = b""
        end = time.perf_counter() + patience
        while time.perf_counter() < end:
            seen += self.read(end - time.perf_counter())
            if text in seen:
                return time.perf_counter() - self.started
        raise AssertionError(f"{text!r} didn't come within {patience} s; the last was {seen[-500:]!r}")

    def type(self, keys):
        os.write(self.terminal, keys)

    def end(self):
        """Ends the program as a session that is closed would, and waits for it."""
        os.kill(self.pid, signal.SIGTERM)
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            self.read(0.05)
        os.close(self.terminal)


def cpu_seconds(pid):
    """The processor time that a process has used."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wake_ups(pid):
    """How often the threads of a process have woken."""
    count = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/status") as file:
            count += sum(int(line.split()[1]) for line in file if line.startswith("voluntary_ctxt_switches"))
    return count
