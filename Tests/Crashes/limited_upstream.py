"""An events API of limited capacity, which records what it accepts in the order in which it comes."""

import asyncio
import collections
import json
import threading
import time


class LimitedUpstream:
    """It takes `capacity` events a second, each in `latency` seconds; the rest is told to come back in a second."""

    def __init__(self, port, capacity=200, latency=0.01):
        self.port, self.capacity, self.latency = port, capacity, latency
        self.is_down = False
        self.accepted = []  # (time, user, number)
        self.refusals = []
        self.under_way = self.peak_under_way = 0
        self.tokens, self.counted_at = 0.0, 0.0
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.server = None

    def listen(self):
        self.run(self.open())

    async def open(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", self.port)

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if line)
                body = await reader.readexactly(int(fields.get(b"content-length", 0)))
                status, answer = await self.answer(head, body)
                retry = b"Retry-After: 1\r\n" if status == b"503 Busy" and not self.is_down else b""
                writer.write(b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
                             % (status, len(answer), retry, answer))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def answer(self, head, body):
        if self.is_down:
            return b"503 Busy", b"{}"
        if head.startswith(b"GET"):
            return b"200 OK", json.dumps({"id": "1", "name": "Somebody", "events": []}).encode()
        now = time.monotonic()
        # What wasn't used for a tenth of a second is lost.
        self.tokens = min(self.capacity / 10, self.tokens + (now - self.counted_at) * self.capacity)
        self.counted_at = now
        if self.tokens < 1:
            self.refusals.append(now)
            return b"503 Busy", b"{}"
        self.tokens -= 1
        event = json.loads(body)
        self.accepted.append((now, event["userId"], event["number"]))
        self.under_way += 1
        self.peak_under_way = max(self.peak_under_way, self.under_way)
        await asyncio.sleep(self.latency)
        self.under_way -= 1
        return b"200 OK", json.dumps({"success": True, "event": event}).encode()

    def peak_per_second(self):
        """The most that were accepted in a second."""
        seconds = collections.Counter(int(moment - self.accepted[0][0]) for moment, _, _ in self.accepted)
        return max(seconds.values())
