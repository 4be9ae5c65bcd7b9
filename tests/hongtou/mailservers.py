"""Mail servers on loopback for the tests: SMTP (aiosmtpd), IMAP (dovecot), a proxy that cuts, all behind TLS."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ACCOUNT = "tuanwei@example.org"
CODE = "INVENTEDCODE1234"
DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def certificate(folder: Path) -> Path:
    """Write a certificate for localhost with its key and return the file; trusted by those told to trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "localhost.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def server_context(pem: Path) -> ssl.SSLContext:
    """Return the TLS settings of a server with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def free_port() -> int:
    """Return a port of loopback that nobody has."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class PostOffice:
    """What an SMTP server does: addresses and texts it refuses, when it hangs up; ``taken`` is what it delivered."""

    refused: dict[str, str] = field(default_factory=dict)
    text_reply: str = ""
    hang_up: str = ""  # "after": takes the message and hangs up without a word; "before": hangs up at RCPT
    delay: float = 0
    taken: list[tuple[tuple[str, ...], EmailMessage]] = field(default_factory=list)
    sessions: int = 0

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, name: str, lines: Any
    ) -> Any:
        """Count who comes."""
        session.host_name = name
        self.sessions += 1
        return lines

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, *said: Any) -> str:  # noqa: N802
        """Take or refuse an address."""
        address = said[0]
        if self.hang_up == "before":
            self.hang_up = ""
            server.transport.abort()
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message, or not."""
        await asyncio.sleep(self.delay)
        if self.text_reply:
            return self.text_reply
        found = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((tuple(envelope.rcpt_tos), found))
        if self.hang_up == "after":
            server.transport.abort()
        await asyncio.sleep(self.delay)
        return "250 Mail OK queued"

    def keys(self) -> list[str]:
        """Return the Message-IDs of what was taken."""
        return [str(found["Message-ID"]) for _, found in self.taken]


def _checked(*given: Any) -> AuthResult:
    data = given[-1]
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (
        ACCOUNT.encode(),
        CODE.encode(),
    )
    return AuthResult(success=good, handled=False)  # the server answers the refused itself


@contextmanager
def smtp_server(office: PostOffice, pem: Path, *, starttls: bool = False) -> Iterator[int]:
    """Run ``office`` behind TLS, from the first byte or from ``STARTTLS`` on, and yield its port."""
    context = server_context(pem)
    secret: dict[str, Any] = {
        "ssl_context": context,
        "auth_require_tls": False,
    }  # the whole connection is TLS
    if starttls:
        secret = {"tls_context": context, "require_starttls": True}
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=_checked,
        auth_required=True,
        **secret,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


class Proxy:
    """Passes bytes on to ``port``; the connection dies once ``limits`` of its turn are passed in that direction.

    ``up`` counts from client to server, ``down`` the other way; each connection takes the next limit, none is no limit.
    """

    def __init__(self, port: int, up: list[int] | None = None, down: list[int] | None = None) -> None:
        """Listen."""
        self._target = port
        self._up, self._down = list(up or []), list(down or [])
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self.connections = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(("127.0.0.1", self._target))
            up = self._up.pop(0) if self._up else None
            down = self._down.pop(0) if self._down else None
            for source, sink, limit in ((client, server, up), (server, client, down)):
                threading.Thread(target=_pass_on, args=(source, sink, limit), daemon=True).start()


def _pass_on(source: socket.socket, sink: socket.socket, limit: int | None) -> None:
    passed = 0
    try:
        while data := source.recv(4096):
            if limit is not None and passed + len(data) > limit:
                sink.sendall(data[: limit - passed])
                break
            sink.sendall(data)
            passed += len(data)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue


class NetEase:
    """An IMAP server that opens no folder to a client that has not said who it is, as 163.com does."""

    def __init__(self, pem: Path, *, deaf: bool = False) -> None:
        """Listen; a ``deaf`` one does not understand ID."""
        self._deaf = deaf
        self._context = server_context(pem)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self.said: list[str] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            client, _ = self._server.accept()
            with self._context.wrap_socket(client, server_side=True) as line, line.makefile("rwb") as talk:
                talk.write(b"* OK Coremail System IMap Server Ready(163com)\r\n")
                talk.flush()
                self._talk(talk)

    def _talk(self, talk: object) -> None:
        known = False
        for line in talk:  # type: ignore[attr-defined]
            tag, _, rest = line.decode().strip().partition(" ")
            word = rest.split()[0].upper()
            self.said.append(rest)
            known |= word == "ID" and not self._deaf
            answer = {
                "CAPABILITY": b"* CAPABILITY IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ UIDPLUS\r\n",
                "ID": b'* ID ("name" "Coremail Imap" "vendor" "Mailtech")\r\n' if known else b"",
                "EXAMINE": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] UIDs valid\r\n",
                "UID": b"* SEARCH\r\n",
            }.get(word, b"")
            status = "OK done"
            if word in ("EXAMINE", "SELECT") and not known:
                answer, status = b"", f"NO {word} Unsafe Login. Please contact kefu@example.org for help"
            if word == "ID" and self._deaf:
                status = "BAD Parse command error"
            talk.write(answer + f"{tag} {status}\r\n".encode())  # type: ignore[attr-defined]
            talk.flush()  # type: ignore[attr-defined]
            if word == "LOGOUT":
                return


@contextmanager
def imap_server(pem: Path) -> Iterator[int]:
    """Run a dovecot of our own with one account and yield its port."""
    assert DOVECOT is not None
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="dc", dir="/tmp"))
    (folder / "home").mkdir()
    for path in (folder, folder / "home"):
        path.chmod(0o755)
    shutil.chown(folder / "home", "nobody")
    (folder / "dovecot.conf").write_text(_CONFIG.format(folder=folder, port=port, pem=pem, code=CODE))
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(folder / "dovecot.conf")])  # noqa: S603 - our own
    try:
        _await(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "dovecot ended at once"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("dovecot does not answer")


_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{pem}
ssl_key = <{pem}
default_internal_user = root
default_internal_group = root
first_valid_uid = 0
mail_location = maildir:{folder}/home/mail
mail_uid = nobody
mail_gid = nogroup
passdb {{
  driver = static
  args = password={code}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/home
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""
