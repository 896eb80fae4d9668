"""Each way to install it, from the README and word for word, on a bare Debian of its own.

``make installs`` starts it (``ONLY=package`` for one of the machines). Each machine boots Debian's
systemd in namespaces of its own, on a bare Debian 12 that debootstrap made, and is gone afterwards.
There the lines of README.md and docs/running.md are given as they stand. What they call the real
services is a sandbox on this machine: the machine's hosts file says so, and an authority of its own
vouches for it. It needs root, debootstrap and what ``make deb`` needs; what is missing is said.
"""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import sysconfig
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import urlopen

import schedulers
import yaml
from invented_sales import an_order
from sandbox_process import SandboxProcess, sandbox_process
from schedulers import SHARED, call, check, failed, passed, say
from stand_in import served_as_the_real_ones

REPOSITORY = Path(__file__).parents[2]
BUILT = REPOSITORY / "build" / "installs"
EARLIER = "c93610b"
"""The commit of version 0.1."""
BARE = "systemd,dbus,sudo,ca-certificates,python3,cron"
"""What every Debian server has that minbase hasn't, and nothing of ours."""
OF_THIS_MACHINE = (
    "/etc/resolv.conf",
    "/etc/pip.conf",
    "/etc/apt/sources.list",
    "/etc/apt/sources.list.d/debian.sources",
    "/etc/apt/apt.conf.d",
    "/usr/local/share/ca-certificates",
    "/etc/ssl/certs",
)
"""By which this machine reaches the package indexes."""
DRIVE = """[Unit]
Wants=dbus.service
After=dbus.service systemd-journald.service
[Service]
Type=oneshot
Environment=PYTHONPATH=/mnt/repository:/mnt/packages {libraries}
ExecStart={python} /mnt/repository/tests/system/installs.py --drive {what}
StandardOutput=append:/mnt/shared/told
StandardError=append:/mnt/shared/told
ExecStopPost=systemctl --no-block exit
TimeoutStartSec=infinity
"""
LIBRARIES = "LD_LIBRARY_PATH=/mnt/python/lib"
"""Of the Python that drives, which the bare Debian knows nothing of."""
HOME = Path("/home/downloaded")
CLEAN = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/home",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}
YESTERDAY = date.today() - timedelta(days=1)  # noqa: DTZ011 - any day before the order's
ASKED = (b":", b"[Y/n]")
"""How a question ends."""
FENCED = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
DONE = {0, 3}
"""How a command ends that did its work: 3 says that an order waits for a person."""
QUIET_SECONDS = 1.0
LONGEST_SECONDS = 300.0


# The machine outside


def base() -> Path:
    """Return a bare Debian, made once."""
    root = BUILT / "debian"
    if not (root / "made").exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        sources = Path("/etc/apt/sources.list.d/debian.sources").read_text(encoding="utf-8")
        mirror = re.findall(r"^URIs: (\S+)", sources, re.MULTILINE)[0]
        made = call(
            "debootstrap", "--variant=minbase", f"--include={BARE}", "bookworm", str(root), mirror
        )
        assert made.returncode == 0, made.stdout[-2000:]
        for path in filter(os.path.exists, OF_THIS_MACHINE):
            into = root / path.lstrip("/")
            into.parent.mkdir(parents=True, exist_ok=True)
            call("cp", "--archive", "--remove-destination", "-T", path, str(into))
        (root / "made").touch()
    return root


def prepare(shared: Path, sandbox: SandboxProcess) -> None:
    """Lay out what somebody downloads, and what they know: keys."""
    (shared / "downloaded").mkdir()
    for file in (REPOSITORY / "dist").glob("dinero*"):
        shutil.copy(file, shared / "downloaded")
    data = yaml.safe_load(sandbox.config_text("api_key", "paid"))
    keys = keys_of(data)
    (shared / "keys").write_text(json.dumps(keys), encoding="utf-8")
    (shared / "config.yaml").write_text(config_of_0_1(data), encoding="utf-8")
    (shared / "sandbox").write_text(sandbox.url, encoding="utf-8")
    archive = subprocess.run(
        ["git", "archive", "--prefix=earlier/", EARLIER],  # noqa: S607 - wherever it is
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    )
    subprocess.run(["tar", "-x", "-C", shared], input=archive.stdout, check=True)  # noqa: S607 - as above


def keys_of(data: dict[str, Any]) -> dict[str, str]:
    """Take the keys out of a configuration: each by its name, which stands in its place then."""
    keys = {}
    for (*sections, last), name in schedulers.SECRETS.items():
        section = data
        for each in sections:
            section = section[each]
        keys[name], section[last] = section[last], f"${{credential:{name}}}"
    return keys


def config_of_0_1(data: dict[str, Any]) -> str:
    """Write a configuration that version 0.1 understands."""
    card = {
        "name": "Kort",
        "when": {"gateway": "quickpay*"},
        "paid": True,
        "deposit_account": 55010,
    }
    wanted = {
        "shoporama": data["shoporama"],
        "dinero": data["dinero"],
        "sync": {"start_date": YESTERDAY},
        "posting": {"sales_account": 1000, "shipping_account": 1350},
        "payment_types": [card],
    }
    return yaml.safe_dump(wanted, sort_keys=False)


def on_a_machine(what: str) -> None:
    """Boot a machine, do on it what ``what`` says, and count what it told."""
    with (
        sandbox_process("none") as sandbox,
        TemporaryDirectory() as aside,
        TemporaryDirectory() as shared,
        served_as_the_real_ones(sandbox.url, Path(shared)),
    ):
        Path(shared).chmod(0o755)
        sandbox.sell(an_order(days_ago=0.0))
        prepare(Path(shared), sandbox)
        with schedulers.own_cgroup() as enter_cgroup:
            subprocess.run(
                [
                    *schedulers.A_MACHINE_OF_ITS_OWN,
                    *("bash", "-c", schedulers.ENTER, "bash"),
                    *(
                        "env",
                        LIBRARIES,
                        str(schedulers.PYTHON),
                        "/mnt/repository/tests/system/installs.py",
                    ),
                    *("--boot", what),
                ],
                env={
                    **os.environ,
                    "LOWER": str(base()),
                    "ASIDE": aside,
                    "SHARED": shared,
                    "REPOSITORY": str(REPOSITORY),
                    "INTERPRETER": sys.base_prefix,
                    "PACKAGES": sysconfig.get_path("purelib"),
                },
                stdout=(Path(shared) / "booted").open("w"),
                stderr=subprocess.STDOUT,
                check=False,
                preexec_fn=enter_cgroup,
            )
        count(Path(shared))


def count(shared: Path) -> None:
    """Take over what the machine told."""
    told = shared / "told"
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    for line in lines:
        (passed if line.startswith("ok  ") else failed if line.startswith("FAIL") else []).append(
            line
        )
        say(line)
    if "end" not in lines[-1:]:
        failed.append("the machine ended too soon")
        say((shared / "booted").read_text(encoding="utf-8")[-3000:])


def look_at_the_package() -> None:
    """Have Debian's own checker look at the package, where it is installed."""
    if shutil.which("lintian") is None:
        say("      lintian is not installed here")
        return
    (package,) = (REPOSITORY / "dist").glob("dinero-sync_*.deb")
    looked = call("lintian", "--fail-on", "error", str(package))
    check("lintian finds no error in the package", looked.returncode == 0, looked.stdout)


IN_A_CONTAINER = """
set -eu
mount --make-rprivate /
mount --bind "$ROOT" "$ROOT"
mount -t proc proc "$ROOT/proc"
mount --rbind /dev "$ROOT/dev"
mount -t tmpfs -o mode=1777 tmpfs "$ROOT/tmp"
mount -t tmpfs -o mode=755 tmpfs "$ROOT/run"
mkdir "$ROOT/run/credentials"
for each in state:var/lib/dinero-sync config:etc/dinero-sync credentials:run/credentials; do
    mount --bind "$VOLUMES/${each%%:*}" "$ROOT/${each#*:}"
done
for shell in sh bash dash; do mount --bind /dev/null "$ROOT/bin/$shell"; done
mount -o remount,bind,ro "$ROOT"
chroot --userspec "$CONTAINER_USER" "$ROOT" test ! -w / -a ! -w /etc/dinero-sync/config.yaml
exec env -i "${@:1:$VARIABLES}" \\
    /usr/sbin/chroot --userspec "$CONTAINER_USER" "$ROOT" "${@:$((VARIABLES + 1))}"
"""
"""What a runtime does of a container file: volumes, a root that is read-only, no shell in it."""


def in_the_container(root: Path, volumes: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the image's entry point as its container file says, with ``words`` for its command."""
    text = (REPOSITORY / "dist/container/Containerfile").read_text(encoding="utf-8")
    text = text.replace("\\\n", " ")
    said = dict(re.findall(r"^([A-Z]+) (.+)$", text, re.MULTILINE))
    variables = said["ENV"].split()
    entry, command = json.loads(said["ENTRYPOINT"]), json.loads(said["CMD"])
    return subprocess.run(
        [
            *("unshare", "--mount", "--pid", "--fork", "bash", "-c", IN_A_CONTAINER, "bash"),
            *(*variables, *entry, *(words or command)),
        ],
        env={
            "PATH": CLEAN["PATH"],
            "ROOT": str(root),
            "VOLUMES": str(volumes),
            "CONTAINER_USER": said["USER"],
            "VARIABLES": str(len(variables)),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def try_the_container() -> None:
    """Carry out the container file: its root from scratch, its user, its entry point."""
    with sandbox_process("none") as sandbox, TemporaryDirectory() as folder:
        sandbox.sell(an_order(days_ago=0.0))
        root, volumes = Path(folder) / "root", Path(folder) / "volumes"
        for each in (root, volumes / "state", volumes / "config", volumes / "credentials"):
            each.mkdir(parents=True)
        call("tar", "-xzf", str(REPOSITORY / "dist/container/root.tar.gz"), "-C", str(root))
        data = yaml.safe_load(sandbox.config_text("api_key", "paid"))
        data["sync"] = {**data["sync"], "start_date": YESTERDAY}
        data["sync"].pop("state_dir", None)
        for name, key in keys_of(data).items():
            (volumes / "credentials" / name).write_text(f"{key}\n", encoding="utf-8")
        (volumes / "config/config.yaml").write_text(f"{yaml.safe_dump(data)}...\n", "utf-8")
        call("chown", "-R", "10001:10001", str(volumes))
        call("chmod", "-R", "go=", str(volumes / "credentials"), str(volumes / "state"))
        call("chown", "-R", "0:0", str(volumes / "config"))
        for words in ((), ("doctor",), ("verify",), ("status",)):
            ended = in_the_container(root, volumes, *words)
            name = f"in the container: dinero-sync {' '.join(words) or '-q run'}"
            check(name, ended.returncode == 0, ended.stdout + ended.stderr)
        check("one invoice is booked by the container", len(sandbox.invoices()) == 1)
        owners = {path.stat().st_uid for path in (volumes / "state").iterdir()}
        check("its state lies on the volume, and is user 10001's", owners == {10001}, str(owners))
        copyrights = [*root.glob("usr/share/doc/*/copyright")]
        check("the licences of all that is in it lie in it", len(copyrights) > 50, str(copyrights))


# On the machine inside


def boot(what: str) -> None:
    """Become systemd, which then drives."""
    shutil.copytree(SHARED / "downloaded", HOME)
    names = json.loads((SHARED / "hosts").read_text(encoding="utf-8"))
    with Path("/etc/hosts").open("a", encoding="utf-8") as hosts:
        hosts.write(f"127.0.0.1 localhost {' '.join(names)}\n")
    shutil.copy(SHARED / "authority.crt", "/usr/local/share/ca-certificates/sandbox.crt")
    trusted = Path("/etc/ssl/certs/ca-certificates.crt")
    authority = (SHARED / "authority.crt").read_text(encoding="ascii")
    trusted.write_text(trusted.read_text(encoding="utf-8") + authority, encoding="utf-8")
    unit = DRIVE.format(libraries=LIBRARIES, python=schedulers.PYTHON, what=what)
    Path("/etc/systemd/system/drive.service").write_text(unit, encoding="utf-8")
    init = "/lib/systemd/systemd"
    os.execl(init, init, "--system", "--show-status=0", "--unit=drive.service")  # noqa: S606


def lines_below(page: str, heading: str, *, holding: str = "") -> list[str]:
    """Return the lines to paste below a heading of a page, of the blocks that hold a word."""
    text = (Path("/mnt/repository") / page).read_text(encoding="utf-8")
    section = re.split(r"^## ", text.partition(f"\n## {heading}\n")[2], flags=re.MULTILINE)[0]
    blocks = [block for block in FENCED.findall(section) if holding in block]
    assert blocks, f"{page} has nothing to paste below {heading}"
    return [line for block in blocks for line in block.splitlines()]


def give(line: str, *, answers: list[str] | None = None) -> str:
    """Give a line to a shell, as a person at a terminal; return what the screen shows."""
    status, screen = typed(line, list(answers or []))
    check(line, status in DONE, f"{status}\n{screen}")
    return screen


def typed(line: str, answers: list[str]) -> tuple[int, str]:
    """Run a line at a terminal; each time it waits, answer what is next, else with Enter."""
    process, terminal = pty.fork()
    if not process:
        os.chdir(HOME)
        os.execve("/bin/bash", ["bash", "-c", line], CLEAN)  # noqa: S606
    screen, waited = b"", 0.0
    while waited < LONGEST_SECONDS:
        if select.select([terminal], [], [], QUIET_SECONDS)[0]:
            try:
                more = os.read(terminal, 65536)
            except OSError:
                break
            screen, waited = screen + more, 0.0
            if not more:
                break
        elif screen.rstrip(b" ").endswith(ASKED) and ("init" in line or "apt " in line):
            os.write(terminal, f"{answer(screen, answers)}\n".encode())
            waited = 0.0
        else:
            waited += QUIET_SECONDS
    else:
        os.kill(process, 9)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), screen.decode(errors="replace")


def answer(screen: bytes, answers: list[str]) -> str:
    """Answer a question: the keys first, then what is suggested, but a first day that has been."""
    if answers:
        return answers.pop(0)
    asks_for_a_day = re.search(rb"\[\d\d-\d\d-\d{4}\] ?: ?$", screen)
    return str(YESTERDAY) if asks_for_a_day else ""


def steps_of_the_readme() -> None:
    """Go from nothing to a scheduled job."""
    keys = [*json.loads((SHARED / "keys").read_text(encoding="utf-8")).values()]
    for line in lines_below("README.md", "From nothing to a scheduled job"):
        if line.endswith(" notify test"):
            hear_by_a_program()
        screen = give(line, answers=keys if line.endswith(" init") else [])
        check("  and shows no key", not [key for key in keys if key in screen], screen)
    config = Path("/etc/dinero-sync/config.yaml")
    text = config.read_text(encoding="utf-8")
    check("the configuration names the keys", "${credential:dinero_api_key}" in text, text)
    kept = {path.name: path.stat().st_mode & 0o777 for path in config.parent.glob("c*/*")}
    check("four keys are kept, for their owner alone", [*kept.values()] == [0o600] * 4, str(kept))
    check("one invoice is booked", invoices() == 1, screen)
    give("sudo systemctl start dinero-sync.service")  # a timer waits for two minutes after a boot
    check("the service's run ends well", runs_ended(0), journal())
    screen = give("sudo dinero-sync status")
    check("status finds nothing to do", "I skal ikke gøre noget." in screen, screen)


def hear_by_a_program() -> None:
    """Name a channel that this machine has, which is without mail."""
    config = Path("/etc/dinero-sync/config.yaml")
    text = config.read_text(encoding="utf-8")
    hears = re.sub("#command: .*", "command: [/usr/bin/cat]", text)
    config.write_text(hears, encoding="utf-8")


def invoices() -> int:
    """Return how many there are in the books of the sandbox."""
    url = (SHARED / "sandbox").read_text(encoding="utf-8")
    with urlopen(f"{url}/sandbox/books", timeout=LONGEST_SECONDS) as answer:  # noqa: S310 - our own
        return len(json.load(answer)["invoices"])


def told_by(*words: str) -> str:
    """Return what a command of the machine prints, on either stream."""
    ended = subprocess.run(words, env=CLEAN, capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr


def journal() -> str:
    return told_by("journalctl", "--unit=dinero-sync.service", "--output=cat", "--lines=40")


def runs_ended(code: int) -> bool:
    return f'"exit_code": {code},' in journal()


def state() -> set[str]:
    """Name what is there of what must stay."""
    config, kept = Path("/etc/dinero-sync/config.yaml"), Path("/var/lib/dinero-sync")
    return {each.name for each in (config, kept / "journal.sqlite3") if each.exists()}


TIMERS = ("dinero-sync.timer", "dinero-sync-watch.timer")
ALL_OF_IT = {"config.yaml", "journal.sqlite3"}


def drive_package() -> None:
    """Install the Debian package, upgrade it, remove and purge it."""
    give("sudo apt update")
    for line in lines_below("README.md", "Install", holding=".deb"):
        give(line)
    off = told_by("systemctl", "is-enabled", *TIMERS).split()
    check("the timers are there, and off", off == ["disabled"] * 2, str(off))
    steps_of_the_readme()
    completed = give(
        "bash -c '. /usr/share/bash-completion/completions/dinero-sync && complete -p dinero-sync'"
    )
    check("bash completes it", "dinero" in completed, completed)
    for line in lines_below("docs/running.md", "Upgrades", holding=".deb"):
        give(line.replace("install", "reinstall"))
    active = told_by("systemctl", "is-active", *TIMERS).split()
    check("the timers go on after an upgrade", active == ["active"] * 2, str(active))
    for line in lines_below("docs/running.md", "Backup and restore", holding="tar"):
        give(line)
    for line in lines_below("docs/running.md", "Taking it away", holding="apt remove"):
        give(line)
    gone = not Path("/usr/lib/dinero-sync").exists() and not Path("/usr/sbin/dinero-sync").exists()
    check(
        "removed, no file of it is left", gone, str([*Path("/usr/lib/dinero-sync").rglob("*")][:9])
    )
    check("and all that is yours is kept", state() == ALL_OF_IT, str(state()))
    for line in lines_below("docs/running.md", "Taking it away", holding="apt purge"):
        told = give(line)
        check("purged, it says that the state is kept", "Kept: /var/lib/dinero-sync" in told, told)
    check("and it is, alone", state() == {"journal.sqlite3"}, str(state()))


def drive_wheel() -> None:
    """Install the wheel, upgrade it, take it away."""
    give("sudo apt update")
    for line in lines_below("README.md", "Install", holding=".whl"):
        give(line)
    steps_of_the_readme()
    take_the_wheel_away()
    rehearse()


def rehearse() -> None:
    """Rehearse by pipx, as the README says; the made-up shop is ended after a while."""
    *prepared, serves = lines_below("README.md", "Rehearse first", holding="pipx")
    for line in prepared:
        give(line)
    _, screen = typed(f"timeout --signal=INT 30 {serves}", [])
    check(f"{serves} begins", (HOME / "rehearsal.yaml").exists(), screen)


def take_the_wheel_away() -> None:
    for line in lines_below("docs/running.md", "Taking it away", holding="--remove"):
        give(line)
    check("taken away, all that is yours is kept", state() == ALL_OF_IT, str(state()))
    units = Path("/etc/systemd/system").glob("dinero*")
    left = [*(each for each in units if each.is_file()), *Path("/usr/local/sbin").iterdir()]
    check("and no unit or command is left", not left, str(left))


def drive_earlier() -> None:
    """Install version 0.1 by its own page, upgrade it to the wheel, and that to the package."""
    give("sudo apt update")
    give("sudo apt install --yes python3-venv")
    install_version_0_1()
    give("sudo systemctl start dinero-sync.service")
    check("version 0.1 books the order", runs_ended(0), journal())
    check("once", invoices() == 1, journal())
    for line in lines_below("docs/running.md", "Upgrades", holding="set-up"):
        give(line)
    for line in lines_below("docs/running.md", "Upgrades", holding="verify"):
        give(line)
    give("sudo systemctl start dinero-sync.service")
    kept = Path("/var/lib/dinero-sync/journal.sqlite3.version-1").exists()
    check("the journal has its new form, and the old one is kept", kept)
    give("sudo dinero-sync verify")
    check("nothing is booked again", invoices() == 1, journal())
    take_the_wheel_away()
    for line in lines_below("README.md", "Install", holding=".deb"):
        give(line)
    give("sudo systemctl enable --now dinero-sync.timer")
    give("sudo dinero-sync verify")
    give("sudo systemctl start dinero-sync.service")
    check("the package goes on with the same state", invoices() == 1, journal())


def install_version_0_1() -> None:
    """Do what cron/README.md of version 0.1 says."""
    text = (SHARED / "earlier/cron/README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    program, folders, settings, units = blocks[:4]
    here = f"set -e; cd {SHARED}/earlier\n"
    give(f"{here}{program}")
    give("\n".join(line for line in folders.splitlines() if "install" in line))
    keys = json.loads((SHARED / "keys").read_text(encoding="utf-8"))
    for name, key in keys.items():
        path = Path("/etc/dinero-sync/credentials") / name
        path.write_text(f"{key}\n", encoding="utf-8")
        path.chmod(0o600)
    changed = settings.replace("config.example.yaml", str(SHARED / "config.yaml"))
    give(changed.splitlines()[0])
    override = Path("/etc/systemd/system/dinero-sync.service.d/override.conf")
    override.parent.mkdir()
    override.write_text(
        "[Service]\nLoadCredential=dinero_api_key:/etc/dinero-sync/credentials/dinero_api_key\n",
        encoding="utf-8",
    )
    give(f"{here}{units}")


def main() -> None:
    """Try each way, and end with 1 where something isn't as it should be."""
    match sys.argv[1:]:
        case ["--boot", what]:
            boot(what)
        case ["--drive", what]:
            {"package": drive_package, "wheel": drive_wheel, "earlier": drive_earlier}[what]()
            say("end")
            return
        case chosen:
            machines = chosen or ["package", "wheel", "earlier", "container"]
    why = schedulers.missing("debootstrap", "unshare", "dpkg-deb", "git")
    for what in [] if why else machines:
        say(f"A machine: {what}")
        if what == "package":
            look_at_the_package()
        if what == "container":
            try_the_container()
        else:
            on_a_machine(what)
    if why:
        say(f"      skipped: {why}")
    say(json.dumps({"failed": failed}) if failed else "")
    say(f"{len(passed)} passed, {len(failed)} failed, {int(bool(why))} skipped")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
