"""``python -m dinero_sync.sandbox``: run the sandbox until it is stopped."""

import argparse
import json
import signal
import sys
from pathlib import Path

from dinero_sync.sandbox import running_sandbox


def main() -> int:
    """Serve until SIGINT or SIGTERM; prints one JSON line with the address once it listens."""
    arguments = _parser().parse_args()
    signals = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    with running_sandbox(
        arguments.port, orders=arguments.orders, calls_per_minute=arguments.calls_per_minute
    ) as sandbox:
        line = json.dumps({"url": sandbox.url})
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        if arguments.started_file:
            _write_whole(arguments.started_file, f"{line}\n")
        signal.sigwait(signals)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dinero_sync.sandbox",
        description="Plays Shoporama and Dinero on 127.0.0.1. Nothing leaves this machine.",
        epilog="Then open <url>/sandbox/config for a configuration to paste.",
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port (default)")
    parser.add_argument("--orders", choices=("seeded", "none"), default="seeded")
    parser.add_argument("--calls-per-minute", type=int, help="Dinero's limit; none by default")
    parser.add_argument(
        "--started-file", type=Path, help="is written with the same JSON line once it listens"
    )
    return parser


def _write_whole(path: Path, text: str) -> None:
    """Let the file appear with its content, never empty."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


if __name__ == "__main__":
    sys.exit(main())
