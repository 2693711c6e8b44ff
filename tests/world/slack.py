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


class SlackWorkspace:
    """A workspace on loopback with the two methods that a bot needs, as Slack documents them."""

    def __init__(self) -> None:
        self.channels: dict[str, dict[str, dict[str, Any]]] = {}
        """Channel → stamp → message, as it stands there now."""
        self.troubles: list[Response | str] = []
        """What the next calls get instead: an answer, or an error by name; `""` is none."""
        self.after: list[Response] = []
        """What the next calls get although they were done."""
        self.calls: list[tuple[str, str]] = []
        """Method and channel of each call."""
        self.tokens: set[str] = set()
        self.url = ""

    def __call__(self, request: Request) -> Response:
        """Answer one call."""
        method, said = request.path.rpartition("/")[2], json.loads(request.body)
        self.calls.append((method, said["channel"]))
        self.tokens.add(request.headers["authorization"])
        trouble = self.troubles.pop(0) if self.troubles else ""
        if isinstance(trouble, Response):
            return trouble
        answer = {"ok": False, "error": trouble} if trouble else self._done(method, said)
        return self.after.pop(0) if self.after else Response(200, json.dumps(answer).encode())

    def _done(self, method: str, said: dict[str, Any]) -> dict[str, Any]:
        channel = self.channels.get(said["channel"])
        if channel is None:
            return {"ok": False, "error": "channel_not_found"}
        if method == "chat.update":
            if said["ts"] not in channel:
                return {"ok": False, "error": "message_not_found"}
            channel[said["ts"]] |= said
            return {"ok": True, "ts": said["ts"]}
        if "thread_ts" in said and said["thread_ts"] not in channel:
            return {"ok": False, "error": "thread_not_found"}
        stamp = f"1490000000.{len(self.calls):06}"
        channel[stamp] = said
        return {"ok": True, "ts": stamp}


@asynccontextmanager
async def slack_workspace(*channels: str) -> AsyncIterator[SlackWorkspace]:
    """Serve a workspace with these channels on 127.0.0.1."""
    workspace = SlackWorkspace()
    workspace.channels = {channel: {} for channel in channels}
    served: HttpServer
    async with http_server(workspace) as served:
        workspace.url = f"{served.url}/api"
        yield workspace


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
