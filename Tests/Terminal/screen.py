"""What somebody sees who sits before a program on a pseudo-terminal."""

import time

import pyte

from pseudo_terminal import Program


class Screen:
    """A program's terminal as a grid of text, and a hand that types on it."""

    def __init__(self, arguments, columns=120, rows=36, environment=None):
        # What pyte draws is that of screen and the Linux console; xterm's program repeats characters by a sequence of its own.
        self.program = Program(arguments, columns, rows, {"TERM": "screen-256color", **(environment or {})})
        self.grid = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.grid)

    @property
    def lines(self):
        return self.grid.display

    def __str__(self):
        return "\n".join(line.rstrip() for line in self.lines)

    def type(self, keys):
        self.program.type(keys.encode())

    def wait(self, what, condition, patience=20):
        """Reads until the screen is as it is to be, and no longer."""
        end = time.monotonic() + patience
        while not condition(self):
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"not within {patience} s: {what}\n{self}")
            self.stream.feed(self.program.read(left))

    def wait_for(self, *texts, patience=20):
        """Reads until all the texts are on the screen."""
        self.wait(f"all of {texts}", lambda screen: all(screen.shows(text) for text in texts), patience)

    def wait_without(self, *texts, patience=20):
        """Reads until none of the texts is on the screen."""
        self.wait(f"none of {texts}", lambda screen: not any(screen.shows(text) for text in texts), patience)

    def shows(self, text):
        return any(text in line for line in self.lines)

    def line_with(self, text):
        """The first line that has the text, or nothing."""
        return next((line for line in self.lines if text in line), "")
