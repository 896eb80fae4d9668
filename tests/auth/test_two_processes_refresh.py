"""Two processes that need a new token at the same moment: one-time tokens are rotated once."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from auth_helpers import VISMA, tokens_for

from dinero_sync.dinero.auth.tokens import AuthSettings
from dinero_sync.journal.folder.token_file import TokenFile

PROCESS = """
import sys
from pathlib import Path
from dinero_sync.clock import SystemClock
from dinero_sync.dinero.auth.oauth import token_source
from dinero_sync.dinero.auth.tokens import AuthSettings
from dinero_sync.journal.folder.token_file import TokenFile

folder, token_url = sys.argv[1:]
settings = AuthSettings(
    client_id="isv_webshop", client_secret="SECRET-client", token_url=token_url, timeout_seconds=20
)
source = token_source(settings, TokenFile(Path(folder)), SystemClock())
print("ready", flush=True)
sys.stdin.readline()
print(source.access_token())
"""


@dataclass
class Rotation:
    """A token server whose refresh tokens work once."""

    url: str
    current: int = 1
    granted: int = 0
    refused: int = 0

    def answer(self, refresh_token: str) -> tuple[int, dict[str, object]]:
        if refresh_token != f"SECRET-refresh-{self.current}":
            self.refused += 1
            return 400, {"error": "invalid_grant"}
        self.granted += 1
        self.current += 1
        return 200, {
            "access_token": f"SECRET-access-{self.current}",
            "refresh_token": f"SECRET-refresh-{self.current}",
            "expires_in": 3600,
        }


@pytest.fixture
def rotation() -> Iterator[Rotation]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, answer = served.answer(parse_qs(form)["refresh_token"][0])
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        served = Rotation(f"http://127.0.0.1:{server.server_port}/token")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield served
        server.shutdown()
        thread.join()


@contextmanager
def process(folder: Path, settings: AuthSettings) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", PROCESS, str(folder), settings.token_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == "ready\n"
        yield started


def test_both_get_the_one_new_token(tmp_path: Path, rotation: Rotation) -> None:
    settings = replace(VISMA, token_url=rotation.url)
    now = datetime.now(UTC)
    expired = replace(
        tokens_for(settings),
        obtained_at=now - timedelta(hours=2),
        expires_at=now - timedelta(hours=1),
    )
    TokenFile(tmp_path).save(expired)

    with process(tmp_path, settings) as first, process(tmp_path, settings) as second:
        for started in (first, second):
            assert started.stdin is not None
            started.stdin.write("go\n")
            started.stdin.flush()
        answers = [started.communicate(timeout=60)[0] for started in (first, second)]

    assert answers == ["SECRET-access-2\n"] * 2
    assert (rotation.granted, rotation.refused) == (1, 0)
    kept = TokenFile(tmp_path).read()
    assert kept is not None
    assert kept.refresh_token == "SECRET-refresh-2"
