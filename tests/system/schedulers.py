"""A real cron and a real systemd start the program with the files of ``cron/``, as a machine would.

Both run in namespaces of their own, on a copy of this machine's file system that is gone
afterwards: users, units and crontabs are installed there as ``cron/README.md`` says, and nothing of
this machine is touched. ``make schedulers`` starts it. It needs root, cron, faketime, systemd and
dbus; what is missing, or not allowed here, is said and counts as skipped.
"""

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.request import Request, urlopen

import yaml
from invented_sales import an_order, an_order_that_does_not_add_up
from sandbox_process import SandboxProcess, sandbox_process

REPOSITORY = Path(__file__).parents[2]

ENTER = r"""
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs "$ASIDE"
mkdir "$ASIDE/upper" "$ASIDE/work" "$ASIDE/root"
over="lowerdir=${LOWER:-/},upperdir=$ASIDE/upper,workdir=$ASIDE/work"
mount -t overlay overlay -o "$over" "$ASIDE/root"
cd "$ASIDE/root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
for folder in run tmp dev sys/fs/cgroup; do mount -t tmpfs -o mode=755 tmpfs "$folder"; done
chmod 1777 tmp
mkdir sys/fs/cgroup/systemd sys/fs/cgroup/unified dev/pts dev/shm
if [ -d /sys/fs/cgroup/systemd ]; then
    mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
    mount -t cgroup2 cgroup2 sys/fs/cgroup/unified
else
    umount sys/fs/cgroup
    mount -t cgroup2 cgroup2 sys/fs/cgroup
fi
for device in null zero full random urandom tty; do
    touch "dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs tmpfs dev/shm
mkdir mnt/shared mnt/repository mnt/python mnt/packages
mount --bind "$SHARED" mnt/shared
mount --bind "$REPOSITORY" mnt/repository
mount --bind "$INTERPRETER" mnt/python
mount --bind "$PACKAGES" mnt/packages
[ -s etc/machine-id ] || echo 0123456789abcdef0123456789abcdef > etc/machine-id
mkdir old
pivot_root . old
umount -l /old
mount --make-rshared /
cd /
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin PYTHONPATH=/mnt/repository:/mnt/packages \
    container=lxc "$@"
"""
"""Makes this process's namespaces a machine of its own, then becomes the command."""
PROGRAM = """#!/bin/sh
export PYTHONPATH=/mnt/repository:/mnt/packages LD_LIBRARY_PATH=/mnt/python/lib
exec {python} -c 'import sys
sys.argv[0] = "/opt/dinero-sync/bin/dinero-sync"
from dinero_sync.cli import main
main()' "$@"
"""
"""What pip would have installed."""
SENDMAIL = """#!/bin/sh
cat >> /mnt/shared/mail
"""
SET_UP = """
set -eu
useradd --system --user-group --no-create-home --home-dir /var/lib/dinero-sync \
    --shell /usr/sbin/nologin dinero-sync
mkdir -p /opt/dinero-sync/bin /etc/dinero-sync
cp -r /mnt/shared/credentials /etc/dinero-sync/
cp /mnt/shared/config.yaml /etc/dinero-sync/config.yaml
install -m 0755 /mnt/shared/program /opt/dinero-sync/bin/dinero-sync
chmod 0755 /opt/dinero-sync /opt/dinero-sync/bin /etc/dinero-sync
chown -R root:dinero-sync /etc/dinero-sync
chmod 0640 /etc/dinero-sync/config.yaml
"""
SET_UP_CRON = """
chmod 0750 /etc/dinero-sync/credentials
chmod 0640 /etc/dinero-sync/credentials/*
install -d -m 0700 -o dinero-sync -g dinero-sync /var/lib/dinero-sync
install -m 0755 /mnt/shared/sendmail /usr/sbin/sendmail
crontab -u dinero-sync /mnt/repository/cron/crontab.example
touch /mnt/shared/mail
chmod 0666 /mnt/shared/mail
"""
SET_UP_SYSTEMD = """
chmod 0700 /etc/dinero-sync/credentials
chmod 0600 /etc/dinero-sync/credentials/*
cd /mnt/repository
install -m 0755 cron/dinero-sync-by-hand /usr/local/sbin/dinero-sync
install -m 0755 cron/dinero-sync-report-failure /usr/local/sbin/
install -m 0644 cron/dinero-sync.service cron/dinero-sync.timer \
    cron/dinero-sync-watch.service cron/dinero-sync-watch.timer \
    cron/dinero-sync-failed@.service /etc/systemd/system/
rm -rf /etc/systemd/system/*.wants
cat > /etc/systemd/system/drive.service <<END
[Unit]
Wants=dbus.service
After=dbus.service systemd-journald.service
[Service]
Type=oneshot
Environment=PYTHONPATH=/mnt/repository:/mnt/packages
ExecStart={python} /mnt/repository/tests/system/schedulers.py --drive-systemd
StandardOutput=append:/mnt/shared/told
StandardError=append:/mnt/shared/told
ExecStopPost=systemctl --no-block exit
END
"""
SECRETS = {
    ("shoporama", "api_key"): "shoporama_api_key",
    ("dinero", "auth", "client_id"): "dinero_client_id",
    ("dinero", "auth", "client_secret"): "dinero_client_secret",
    ("dinero", "auth", "api_key"): "dinero_api_key",
}
SHARED = Path("/mnt/shared")
KEY = Path("/etc/dinero-sync/credentials/shoporama_api_key")
PYTHON = Path(f"/mnt/python/bin/python{sys.version_info.major}.{sys.version_info.minor}")
PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.1
A_MACHINE_OF_ITS_OWN = (
    *("unshare", "--fork", "--kill-child", "--pid", "--mount", "--uts", "--ipc", "--cgroup"),
    "--mount-proc",
)

passed: list[str] = []
failed: list[str] = []


def check(name: str, found: bool, told: str = "") -> None:  # noqa: FBT001 - what is checked
    """Count and say whether something is as it should be."""
    (passed if found else failed).append(name)
    say(f"{'ok  ' if found else 'FAIL'}  {name}")
    if not found:
        say(told)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def wait_for(condition: Callable[[], bool]) -> bool:
    """Look again and again until ``condition`` holds, or it has taken too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            return False
        Event().wait(POLL_SECONDS)
    return True


# The machine outside


def prepare(shared: Path, sandbox: SandboxProcess, reference: str) -> None:
    """Lay out what the set-up installs: the configuration, its secrets, the program."""
    data = yaml.safe_load(sandbox.config_text("api_key", "paid"))
    (shared / "credentials").mkdir()
    for (*sections, last), name in SECRETS.items():
        section = data
        for each in sections:
            section = section[each]
        (shared / "credentials" / name).write_text(section[last] + "\n", encoding="utf-8")
        section[last] = reference.format(name)
    data["sync"].pop("state_dir", None)
    data["language"] = "en"  # which the machine's locale doesn't tell
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    (shared / "config.yaml").write_text(f"{text}...\n", encoding="utf-8")
    (shared / "program").write_text(PROGRAM.format(python=PYTHON), encoding="utf-8")
    (shared / "sendmail").write_text(SENDMAIL, encoding="utf-8")
    (shared / "sandbox").write_text(sandbox.url, encoding="utf-8")


def on_a_machine(reference: str, *command: str) -> bool:
    """Run a command on a copy of this machine, beside a shop with one order; tell if it ended."""
    with (
        sandbox_process("none") as sandbox,
        TemporaryDirectory() as aside,
        TemporaryDirectory() as shared,
    ):
        Path(shared).chmod(0o755)
        sandbox.sell(an_order())
        prepare(Path(shared), sandbox, reference)
        with (
            own_cgroup() as enter_cgroup,
            subprocess.Popen(
                [*A_MACHINE_OF_ITS_OWN, "bash", "-c", ENTER, "bash", *command],
                env={
                    **os.environ,
                    "ASIDE": aside,
                    "SHARED": shared,
                    "REPOSITORY": str(REPOSITORY),
                    "INTERPRETER": sys.base_prefix,
                    "PACKAGES": sysconfig.get_path("purelib"),
                },
                stdout=(Path(shared) / "booted").open("w"),
                stderr=subprocess.STDOUT,
                preexec_fn=enter_cgroup,  # noqa: PLW1509 - one thread
            ) as machine,
        ):
            try:
                machine.wait(timeout=8 * PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                machine.send_signal(signal.SIGKILL)
        told = Path(shared) / "told"
        lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
        ended = bool(lines) and lines.pop() == "end"
        for line in lines:
            if line.startswith("ok  "):
                passed.append(line)
            elif line.startswith("FAIL"):
                failed.append(line)
            say(line)
        if not ended:
            say((Path(shared) / "booted").read_text(encoding="utf-8")[-3000:])
        return ended


@contextmanager
def own_cgroup() -> Iterator[Callable[[], None]]:
    """Give the machine control groups of its own, below ours, wherever systemd wants them."""
    hierarchies = [Path("/sys/fs/cgroup/systemd"), Path("/sys/fs/cgroup/unified")]
    folders = [each / f"schedulers-{os.getpid()}" for each in hierarchies if each.is_dir()]
    for folder in folders or [Path(f"/sys/fs/cgroup/schedulers-{os.getpid()}")]:
        folder.mkdir()

    def enter() -> None:
        for folder in folders:
            (folder / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")

    yield enter
    for folder in folders:
        remove_cgroups(folder)


def remove_cgroups(folder: Path) -> None:
    """Remove control groups, the inner ones first, once the kernel has let go of them."""
    for path, _, _ in os.walk(folder, topdown=False):
        wait_for(lambda path=path: _is_removed(Path(path)))  # type: ignore[misc]


def _is_removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return not folder.exists()
    return True


# On the machine inside


def call(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command, with its output in hand."""
    return subprocess.run(words, capture_output=True, text=True, check=False)


def system_log() -> list[str]:
    """Listen where syslog would; returns the list that its lines go to."""
    lines: list[str] = []
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind("/dev/log")
    Path("/dev/log").chmod(0o666)

    def listen() -> None:
        while True:
            lines.append(listener.recv(65536).decode())

    Thread(target=listen, daemon=True).start()
    return lines


def cron_until(
    minute_before: str,
    condition: Callable[[], bool],
    *,
    day: str = "2026-12-10",
    zone: str = "UTC",
) -> bool:
    """Let a cron work whose clock nears a full hour until ``condition`` holds, or too long."""
    daemon = subprocess.Popen(
        ["faketime", f"{day} {minute_before}:57", "cron", "-f"],  # noqa: S607 - as above
        env={"PATH": os.environ["PATH"], "TZ": zone},
        start_new_session=True,
    )
    held = wait_for(condition)
    os.killpg(daemon.pid, signal.SIGTERM)  # faketime has started cron beside itself
    daemon.wait()
    wait_for(lambda: call("pidof", "cron").stdout == "")
    return held


NIGHTS = {"01:59": "2027-03-28", "02:59": "2027-10-31"}
"""When summer time begins and ends in Denmark: an hour that isn't, and one that comes twice."""


def ended(log: list[str]) -> list[int]:
    """Return the exit codes of the runs that are over, as the system's log has them."""
    told = (re.search(r'"exit_code": (\d+)', line) for line in log if '"run.finished"' in line)
    return [int(each[1]) for each in told if each is not None]


def left(log: list[str]) -> list[str]:
    """Return the lines of runs that found another one at work, and left."""
    return [line for line in log if "Another run of dinero-sync is at work" in line]


def more_than(log: list[str], count: int) -> Callable[[], bool]:
    """Return what tells whether more runs than that are over."""
    return lambda: len(ended(log)) > count


def drive_cron() -> None:
    """Have a real cron daemon start the jobs of the crontab that is delivered."""
    log = system_log()
    mail = SHARED / "mail"
    link = call("ip", "link", "set", "lo", "up")
    right_key = KEY.read_text(encoding="utf-8")
    KEY.write_text("wrong\n", encoding="utf-8")

    def logged(code: int) -> bool:
        return any('"run.finished"' in line and f'"exit_code": {code},' in line for line in log)

    came = cron_until("05:49", lambda: logged(77))
    check("cron starts a run, and the system's log has how it ended (77)", came, str(log))
    mailed = cron_until("06:59", lambda: "77" in mail.read_text(encoding="utf-8"))
    text = mail.read_text(encoding="utf-8")
    check("the morning's mail says that the last run failed", mailed, text)
    check("and that it was Shoporama that refused", "Shoporama refused the API key" in text, text)
    check("and not that all is well", "Nothing needs you" not in text, text)
    check("it goes to whom MAILTO names", "To: root" in text, text)
    pasted = "sudo dinero-sync doctor" in " ".join(text.split())
    check("its commands can be pasted by whoever may use sudo", pasted, text)
    KEY.write_text(right_key, encoding="utf-8")
    mail.write_text("", encoding="utf-8")
    told = call("crontab", "-u", "dinero-sync", "-l").stdout
    (run,) = (line for line in told.splitlines() if line.startswith("*/10"))
    twice = f"{told}{run}\n".encode()
    subprocess.run(["crontab", "-u", "dinero-sync", "-"], input=twice, check=True)  # noqa: S607 - as above
    before = len(ended(log))
    came = cron_until("07:09", lambda: len(ended(log)) + len(left(log)) > before + 1)
    booked = [line for line in log if '"outcome": "booked"' in line]
    check("with the right key the next run books the order", logged(0), str(log[-9:]))
    check("two that are started at once book it once", len(booked) == 1, str(log[-9:]))
    fine = came and {0} == set(ended(log)[before:])
    check("and both end well, the second as it finds the first at work", fine, str(log[-9:]))
    subprocess.run(["crontab", "-u", "dinero-sync", "-"], input=told.encode(), check=True)  # noqa: S607 - as above
    for clock, day in NIGHTS.items():
        before = len(ended(log))
        came = cron_until(clock, more_than(log, before), day=day, zone="Europe/Copenhagen")
        fine = came and ended(log)[before:] == [0]
        check(f"one run at the hour that follows {clock} of {day}", fine, str(log[-9:]))
    said = mail.read_text(encoding="utf-8")
    check("a run itself is never mailed", said == "", said + link.stderr)
    mailed = cron_until("06:59", lambda: "Nothing needs you." in mail.read_text(encoding="utf-8"))
    check("the next morning's mail says that nothing needs anybody", mailed, said)


MAIL_SERVER = """
import socketserver, sys
class Taker(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 here\\r\\n")
        for line in self.rfile:
            word = line.split()[0].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\\r\\n")
                with open("/mnt/shared/mail", "ab") as kept:
                    for text in self.rfile:
                        if text == b".\\r\\n":
                            break
                        kept.write(text)
            self.wfile.write(b"221 bye\\r\\n" if word == b"QUIT" else b"250 fine\\r\\n")
            if word == b"QUIT":
                return
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Taker)
with open("/run/mail-port", "w") as told:
    told.write(str(server.server_address[1]))
server.serve_forever()
"""
MAIL_DROP_IN = """
[Service]
Environment=MAIL_SERVER=smtp://127.0.0.1:{port}
"""
"""As the README says for another server: this machine's port 25 may be somebody else's."""


def mail_server() -> subprocess.Popen[bytes]:
    """Start what takes mails, and tell the report's unit of it."""
    server = subprocess.Popen([PYTHON, "-c", MAIL_SERVER])
    port = Path("/run/mail-port")
    wait_for(lambda: port.exists() and port.read_text(encoding="ascii") != "")
    folder = Path("/etc/systemd/system/dinero-sync-failed@.service.d")
    folder.mkdir()
    text = MAIL_DROP_IN.format(port=port.read_text(encoding="ascii"))
    (folder / "override.conf").write_text(text, encoding="ascii")
    call("systemctl", "daemon-reload")
    return server


def started(expected: str, unit: str = "dinero-sync.service") -> str:
    """Start a unit as the timer does; return the mail that came, once it says ``expected``."""
    mail = SHARED / "mail"
    mail.write_text("", encoding="utf-8")
    call("systemctl", "start", unit)
    wait_for(lambda: expected in mail.read_text(encoding="utf-8"))
    return " ".join(mail.read_text(encoding="utf-8").split())


def drive_systemd() -> None:
    """Have a real systemd run the units that are delivered, hardened as they are."""
    server = mail_server()
    version = call("systemctl", "--version").stdout.split("\n")[0]
    say(f"      {version}, dbus {call('systemctl', 'is-active', 'dbus').stdout.strip()}")

    right_key = KEY.read_text(encoding="utf-8")
    KEY.write_text("wrong\n", encoding="utf-8")
    mail = started("status 77")
    check("a key that the shop refuses is mailed", "status 77 (Shoporama)" in mail, journal(mail))
    named = "Subject: dinero-sync on " in mail and "Shoporama refuses the key" in mail
    check("its subject says so, in the language of the configuration", named, mail)
    check("and sends nobody to Dinero", "sudo dinero-sync connect" not in mail, mail)
    KEY.unlink()
    mail = started("status 78")
    named = "the credential shoporama_api_key is empty" in mail
    check("a secret that is missing is named in the mail", named, journal(mail))
    KEY.write_text(right_key, encoding="utf-8")

    program = Path("/opt/dinero-sync/bin/dinero-sync")
    program.rename("/opt/dinero-sync/bin/aside")
    mail = started("status 203")
    never = "no run began" in mail
    check("a program that is gone is mailed as never started", never, journal(mail))
    Path("/opt/dinero-sync/bin/aside").rename(program)

    ran = call("systemctl", "start", "dinero-sync.service")
    booked = call("journalctl", "--unit=dinero-sync.service", "--output=cat").stdout
    check("the hardened service books the order", '"outcome": "booked"' in booked, booked)
    check("and ends well", ran.returncode == 0, ran.stderr)

    call("systemctl", "start", "dinero-sync.timer")
    next_run = call(
        "systemctl", "show", "--value", "-p", "NextElapseUSecMonotonic", "dinero-sync.timer"
    )
    check(
        "the timer waits for the next run", next_run.stdout.strip() not in {"", "0"}, str(next_run)
    )
    call("systemctl", "stop", "dinero-sync.timer")

    mail = started("trial", "dinero-sync-failed@dinero-sync.service.service")
    check("the report that is started by hand is mailed as a trial", "as a trial" in mail, mail)

    folder = Path("/srv/dinero-sync")
    call("install", "-d", "-m", "0750", "-o", "dinero-sync", "-g", "dinero-sync", str(folder))
    by_hand("status", at=folder, found="Nothing needs you.")
    by_hand("status", at=Path("/root"), found="Nothing needs you.")
    by_hand("plan", "-o", "plan.json", at=folder, found="")
    check("a plan that is kept is in the folder", (folder / "plan.json").exists())
    by_hand("plan", "-o", "/tmp/plan.json", at=folder, found="")  # noqa: S108 - the machine's own
    check("and in /tmp", Path("/tmp/plan.json").exists())  # noqa: S108 - as above

    sell(an_order_that_does_not_add_up(1))
    mail = started("status 3")
    named = "#10428" in mail and "1 order needs you" in mail
    check("the mail about an order that is held holds what status says", named, journal(mail))

    drive_watch()
    drive_notify()
    server.terminate()
    drive_many_shops()


def drive_watch() -> None:
    """Have the watch look while runs come, and once none came for two days."""
    watch = "dinero-sync-watch.service"
    fine = call("systemctl", "start", watch)
    check("the watch says nothing while runs come", fine.returncode == 0, fine.stderr)
    age_runs(days=2)
    mail = started("status 3", watch)
    silent = "No run has ended since" in mail and "list-timers" in mail
    check("when no run comes any more, that is mailed", silent, journal(mail))
    age_runs(days=-2)


def age_runs(days: int) -> None:
    """Let the runs of the journal have ended that much earlier, as if no timer had started any."""
    with sqlite3.connect("/var/lib/dinero-sync/journal.sqlite3") as db:
        for run_id, finished in db.execute("SELECT run_id, finished FROM runs").fetchall():
            earlier = datetime.fromisoformat(finished) - timedelta(days=days)
            told = (earlier.isoformat(), run_id)
            db.execute("UPDATE runs SET finished = ? WHERE run_id = ?", told)
    db.close()


def drive_notify() -> None:
    """Let the run tell by itself: the report keeps quiet, and is heard where it can't."""
    config = Path("/etc/dinero-sync/config.yaml")
    before = config.read_text(encoding="utf-8")
    server = f"smtp://127.0.0.1:{Path('/run/mail-port').read_text(encoding='ascii')}"
    tells = f"notify: {{mail: {{to: owner@example.com, server: '{server}'}}}}\n...\n"
    config.write_text(before.replace("...\n", tells), encoding="utf-8")
    sell(an_order_that_does_not_add_up(2))
    mail = started("To: owner@example.com")
    wait_for(lambda: call("systemctl", "is-active", "dinero-sync-failed@*").stdout == "")
    check("what the run tells itself names the order", "#10429" in mail, journal(mail))
    call("systemctl", "start", "dinero-sync.service")
    both = (SHARED / "mail").read_text(encoding="utf-8")
    check("and is told by nobody else, nor again", both.count("Subject:") == 1, both)
    by_hand("notify", "test", at=Path("/root"), found="")
    config.write_text(before, encoding="utf-8")


def drive_many_shops() -> None:
    """Call the wrapper where a folder of configurations stands in place of one."""
    root, kept, shops = Path("/"), Path("/var/lib/dinero-sync"), Path("/etc/dinero-sync/shops")
    shops.mkdir()
    Path("/etc/dinero-sync/config.yaml").rename(shops / "mugs.yaml")
    of_shop = ("-c", str(shops / "mugs.yaml"))
    by_hand(*of_shop, "connect", at=root, found="")
    by_hand(*of_shop, "status", "--json", at=root, found=f'"{kept / "mugs"}"')
    for each in [path for path in kept.iterdir() if path.is_file()]:
        each.rename(kept / "mugs" / each.name)
    by_hand("status", at=root, found="mugs")


def sell(order: dict[str, object]) -> None:
    """Add an order to the shop."""
    url = (SHARED / "sandbox").read_text(encoding="utf-8")
    body = json.dumps([order], default=str).encode()
    headers = {"Content-Type": "application/json"}
    request = Request(f"{url}/sandbox/orders", body, headers)  # noqa: S310 - the sandbox's
    with urlopen(request) as answer:  # noqa: S310 - the same
        answer.read()


def by_hand(*words: str, at: Path, found: str) -> None:
    """Call the wrapper, as ``sudo dinero-sync`` does, in a folder."""
    ended = subprocess.run(
        ["/usr/local/sbin/dinero-sync", *words],
        cwd=at,
        capture_output=True,
        text=True,
        check=False,
    )
    name = f"sudo dinero-sync {' '.join(words)} works in {at}"
    fine = ended.returncode == 0 and found in ended.stdout
    check(name, fine, f"{ended.returncode} {ended.stdout} {ended.stderr}")


def journal(mail: str) -> str:
    return f"{mail}\n{call('journalctl', '--output=cat', '--lines=40').stdout}"


def inside(what: str) -> None:
    """Be a part of the machine inside."""
    python = str(PYTHON)
    if what == "--drive-systemd":
        drive_systemd()
        say("end")
        return
    steps = {"--cron": SET_UP_CRON, "--systemd": SET_UP_SYSTEMD.replace("{python}", python)}
    subprocess.run(["bash", "-c", SET_UP + steps[what]], check=True)  # noqa: S607 - as above
    if what == "--systemd":
        init = "/lib/systemd/systemd"
        os.execl(init, init, "--system", "--show-status=0", "--unit=drive.service")  # noqa: S606
    sys.stdout = (SHARED / "told").open("a", encoding="utf-8")
    drive_cron()
    say("end")


def missing(*programs: str) -> str:
    """Return what keeps this machine from trying, in words; empty where nothing does."""
    if os.geteuid() != 0:
        return "it needs root"
    absent = [each for each in programs if shutil.which(each) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    tried = call("unshare", "--fork", "--pid", "--mount", "--cgroup", "--mount-proc", "true")
    return "" if tried.returncode == 0 else "namespaces aren't allowed here"


def main() -> None:
    """Try both, and end with 1 where something isn't as it should be."""
    if len(sys.argv) > 1:
        inside(sys.argv[1])
        return
    script = "/mnt/repository/tests/system/schedulers.py"
    skipped = 0
    for what, reference, programs in (
        ("--cron", "${{credential:{}}}", ("cron", "crontab", "faketime", "logger")),
        ("--systemd", "${{credential:{}}}", ("systemctl", "dbus-daemon", "curl")),
    ):
        say(f"A machine with {what.strip('-')}")
        why = missing("unshare", *programs)
        if why:
            say(f"      skipped: {why}")
            skipped += 1
        elif not on_a_machine(reference, str(PYTHON), script, what):
            failed.append(what)
    say(json.dumps({"failed": failed}) if failed else "")
    say(f"{len(passed)} passed, {len(failed)} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
