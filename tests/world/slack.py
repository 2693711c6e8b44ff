"""A webhook on loopback that answers as Slack's does, well or badly."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from typing import Any

from tests.world.http import HttpServer, Request, Response, http_server
from tests.world.thread import running

OK = Response(200, b"ok", {"Content-Type": "text/html"})
NOTHING = Response(200, b"ok", cut_after=0)
PATH = "/services/T000/B000/verysecret"


def busy(seconds: int) -> Response:
    """429, with the pause that the server asks for."""
    return Response(429, b"rate_limited", {"Retry-After": str(seconds)})


class SlackServer:
    """What a test sees and sets: `answers` are given in turn, the last one for ever."""

    def __init__(self, *answers: Response) -> None:
        self.answers = list(answers) or [OK]
        self.messages: list[dict[str, Any]] = []
        """What was posted and answered with 200."""
        self.requests: list[Request] = []
        self.port = 0

    @property
    def webhook(self) -> str:
        """The secret URL."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    def __call__(self, request: Request) -> Response:
        """Answer one post."""
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.status == 200 and answer.cut_after is None:
            self.messages.append(json.loads(request.body))
        return answer


@asynccontextmanager
async def slack_server(*answers: Response) -> AsyncIterator[SlackServer]:
    """Serve a webhook on 127.0.0.1."""
    slack = SlackServer(*answers)
    served: HttpServer
    async with http_server(slack) as served:
        slack.port = served.port
        yield slack


@contextmanager
def slack_in_a_thread(*answers: Response) -> Iterator[SlackServer]:
    """The same for stories that run the real command line: `.port`, `.webhook`, `.messages`."""
    serving: AbstractContextManager[SlackServer] = running(slack_server(*answers))
    with serving as slack:
        yield slack
