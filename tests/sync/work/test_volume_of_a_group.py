"""A volume that is root's and was given to a group, as Kubernetes does (fsGroup), is used."""

import os
import stat

from business import Business, Finished
from other_user import UID, as_user, let_through, only_root
from shop import raw_order

from dinero_sync.errors import ExitCode

pytestmark = only_root


def test_a_run_works_on_it_with_a_warning_and_leaves_its_permissions(business: Business) -> None:
    volume = business.state_folder
    volume.mkdir()
    os.chown(volume, 0, UID)
    volume.chmod(0o2775)
    let_through(volume)
    business.sell(raw_order())
    config = business.loaded()
    business.loaded = lambda: config  # type: ignore[method-assign]

    def run() -> tuple[ExitCode, list[str]]:
        finished: Finished = business.run_once()
        return finished.exit_code, [
            str(e["message"]) for e in finished.events("state.shared_folder")
        ]

    exit_code, warnings = as_user(run)

    assert exit_code is ExitCode.OK
    assert len(business.invoices()) == 1
    assert stat.S_IMODE(volume.stat().st_mode) == 0o2775
    assert len(warnings) == 1
    assert "whoever is in that group may look into it" in warnings[0]
    assert {path.stat().st_uid for path in volume.iterdir()} == {UID}
