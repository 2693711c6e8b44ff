"""The door to TLS: one handshake and no byte more, for the certificate a server shows (RFC 8446).

Nothing is verified, for a certificate that nobody trusts tells as much about who runs the server.
"""

import asyncio
import ssl

from hunter.errors import WillPass
from hunter.net.guard import Guard, Resolve, system_addresses
from hunter.net.text import clean

_NOT_TLS = frozenset(
    ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE")
)
"""What OpenSSL says when the other side answered with something else."""


class NoTls(WillPass):
    """Nothing listens there, or what does speaks no TLS: there is no certificate now."""


class TlsDoor:
    """Shakes hands with servers. `timeout` is in seconds, for connecting and greeting together.

    At most `at_once` are asked at the same time: those that never answer must not take all the file
    descriptors, without which nobody can be asked and no letter be sent.
    `private_hosts` (`host` or `host:port`) may be asked although their address is not public, but
    not as the server of another host.
    """

    def __init__(
        self,
        timeout: float = 10.0,
        *,
        at_once: int = 200,
        allow_private: bool = False,
        private_hosts: tuple[str, ...] = (),
        resolve: Resolve = system_addresses,
    ) -> None:
        self._timeout = timeout
        self._turns = asyncio.Semaphore(at_once)
        self._guard = Guard(allow_private, frozenset(private_hosts), resolve)
        self._context = _trusting()

    async def certificate(self, host: str, *, address: str = "", port: int = 443) -> bytes:
        """The certificate that the server shows for `host` (SNI), as DER.

        With `address` the server there is asked and the name is not resolved. Raises NoTls, or
        WillPass when it could not be found out.
        """
        place = clean(f"{address or host}:{port}")
        try:
            async with self._turns, asyncio.timeout(self._timeout):
                # The address is the suspect's own word: it may be that of a server of ours.
                guard = self._guard.beyond(host, port) if address else self._guard
                found = (await guard.addresses(address or host, port))[0]
                return await self._handshake(found, port, host)
        except TimeoutError as error:
            raise WillPass(f"{place} did not answer within {self._timeout:g} s") from error
        except ConnectionRefusedError as error:
            raise NoTls(f"nothing listens on {place}") from error
        except ssl.SSLError as error:
            kind = NoTls if error.reason in _NOT_TLS else WillPass
            why = clean(error.reason or type(error).__name__).replace("_", " ").lower()
            raise kind(f"{place} completes no TLS handshake: {why}") from error
        except (OSError, UnicodeError) as error:
            raise WillPass(f"{place} cannot be asked: {clean(str(error))}") from error

    async def _handshake(self, address: str, port: int, host: str) -> bytes:
        _, writer = await asyncio.open_connection(
            address, port, ssl=self._context, server_hostname=host
        )
        try:
            shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        finally:
            # A farewell would wait for a stranger's answer.
            writer.transport.abort()
        return bytes(shown or b"")


def _trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context
