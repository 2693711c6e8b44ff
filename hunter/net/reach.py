"""Whether a server can be reached and its certificate trusted; no question is asked of it."""

import asyncio
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hunter.errors import WillPass
from hunter.net.guard import Guard, host_and_port
from hunter.net.text import clean
from hunter.net.trust import trusting


@dataclass(frozen=True, slots=True)
class Server:
    """Where somebody listens. `tls` is for those that speak it from the first byte on."""

    host: str
    port: int
    tls: bool
    ca_bundle: Path | None = None
    own: bool = False
    """Whether it is one's own, named by host and port: it may stand anywhere, also within."""

    def __str__(self) -> str:
        return host_and_port(self.host, self.port)


async def reach(server: Server, guard: Guard, seconds: float = 10.0) -> datetime | None:
    """Connect and leave; when its certificate ends, if it shows one.

    Raises WillPass with the reason when there is no connection, or no trust, and WillNotPass when
    what is to be trusted cannot be read.
    """
    try:
        async with asyncio.timeout(seconds):
            address = (await guard.addresses(server.host, server.port))[0]
            return await _visit(server, address)
    except TimeoutError as error:
        raise WillPass(f"does not answer within {seconds:g} s") from error
    except ssl.SSLCertVerificationError as error:
        raise WillPass(f"its certificate is refused: {error.verify_message}") from error
    except (OSError, UnicodeError) as error:
        raise WillPass(f"cannot be reached: {clean(str(error))}") from error


async def _visit(server: Server, address: str) -> datetime | None:
    context = trusting(server.ca_bundle) if server.tls else None
    _, writer = await asyncio.open_connection(
        address, server.port, ssl=context, server_hostname=server.host if server.tls else None
    )
    try:
        shown = writer.get_extra_info("peercert")
    finally:
        writer.transport.abort()
    if not shown:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(shown["notAfter"]), UTC)
