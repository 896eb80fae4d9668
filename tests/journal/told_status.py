"""What ``dinero-sync status`` reads of a state folder."""

from pathlib import Path
from tempfile import TemporaryDirectory

from dinero_sync.cli.reports.status import Status, read_status
from dinero_sync.config.load import load_config
from dinero_sync.config.model import Config
from dinero_sync.sandbox import demo_config


def _a_config() -> Config:
    """Read the sandbox's configuration; now, for a test may be another user later."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_text(demo_config("http://127.0.0.1:9"), encoding="utf-8")
        return load_config(path)


CONFIG = _a_config()


def status_of(folder: Path) -> Status:
    """Read the status of the state folder ``folder``."""
    return read_status(folder, CONFIG)
