"""Single HTTP requests, each on a connection of its own: a process that was killed takes its connections along."""

import http.client
import json


class Lost(Exception):
    """No complete answer came: whether the request was carried out is unknown."""


class NotSent(Lost):
    """Nobody listens: the request was not carried out."""


class Answer:
    """A complete answer."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)


def call(port, method, path, body=None, headers=None, timeout=10):
    """Sends a request to a port of this machine; raises Lost."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    data = None if body is None else json.dumps(body).encode()
    fields = {"Content-Type": "application/json", **(headers or {})}
    try:
        connection.request(method, path, data, fields)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    except ConnectionRefusedError as error:
        raise NotSent(repr(error)) from error
    except (OSError, http.client.HTTPException) as error:
        raise Lost(repr(error)) from error
    finally:
        connection.close()
