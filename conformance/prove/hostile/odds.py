"""Machine, use and files: further pipes, places, variables, words and files that cannot be meant."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.prove.hostile import doings, meanwhile
from conformance.prove.hostile.files import REPORT, REPORTED, STREAM, copies, given, lines
from conformance.prove.hostile.trouble import FILES, MACHINE, USE, Stage, Trouble
from conformance.prove.hostile.use import CONFIG, KEY, both, directory, file, variables

if TYPE_CHECKING:
    from conformance.prove.hostile.trouble import SetUp

PAGES = ("run", "--profile", "smoke", "--only", "PAG-03")
MINE = "fk_some_key_of_a_user_1234567890"
CLOSED = "global=http://127.0.0.1:9"


def pipe(name: str) -> SetUp:
    """A named pipe that nobody writes to."""

    def set_up(stage: Stage) -> None:
        copies(stage)
        os.mkfifo(stage.folder / name)

    return set_up


def with_key(set_up: SetUp) -> SetUp:
    """The same, with a key in the environment."""
    return both(KEY, set_up)


def listening(name: str) -> SetUp:
    """A socket in the file system."""

    def set_up(stage: Stage) -> None:
        server = socket.socket(socket.AF_UNIX)
        here = os.open(".", os.O_RDONLY)
        os.chdir(stage.folder)  # the path of a socket is short
        server.bind(name)
        os.fchdir(here)
        os.close(here)

    return set_up


def link_to_itself(name: str) -> SetUp:
    """A link that names itself."""

    def set_up(stage: Stage) -> None:
        copies(stage)
        (stage.folder / name).symlink_to(name)

    return set_up


def shell(script: str, *unshared: str) -> SetUp:
    """What a shell does before the program takes its place."""

    def set_up(stage: Stage) -> None:
        if unshared:
            doings.must_unshare(*unshared)
        before = ["unshare", *unshared] if unshared else []
        stage.wrapper = [*before, "sh", "-c", f'{script}; exec "$@"', "sh"]

    return set_up


def inodes(stage: Stage) -> None:
    """A disk with room for four files."""
    stage.out.mkdir()
    shell(f"mount -t tmpfs -o nr_inodes=4 none {stage.out}", "-m")(stage)


def all_blocked(stage: Stage) -> None:
    """Signals that are blocked, as a careless parent leaves them."""
    blocked = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD, signal.SIGPIPE}
    stage.before_exec = lambda: (signal.pthread_sigmask(signal.SIG_BLOCK, blocked), None)[1]


def locked_history(stage: Stage) -> None:
    """A history that another process holds."""
    held = sqlite3.connect(stage.folder / "h.sqlite", check_same_thread=False)
    held.execute("create table t (a)")
    held.execute("begin exclusive")

    def after() -> str:
        held.close()
        return ""

    stage.after = after


def other_history(stage: Stage) -> None:
    """A database of somebody else."""
    with sqlite3.connect(stage.folder / "h.sqlite") as other:
        other.execute("create table runs (a, b)")
        other.execute("insert into runs values (1, x'ff')")


def encrypted_key(stage: Stage) -> None:
    """A client's key that asks for its password."""
    for name in ("c.pem", "k.pem"):
        (stage.folder / name).write_text(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIBvTBXBgkqhkiG9w0BBQ0wSjAp\n"
            "-----END ENCRYPTED PRIVATE KEY-----\n"
        )


def deaf_names(stage: Stage) -> None:
    """A name server that takes questions and never answers."""
    KEY(stage)
    (stage.folder / "resolv").write_text("nameserver 127.0.0.1\noptions timeout:30 attempts:5\n")
    (stage.folder / "dns.py").write_text(
        "import fcntl, socket, struct, time\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "fcntl.ioctl(s, 0x8914, struct.pack('16sh14s', b'lo', 0x41, b''))\n"
        "s.bind(('127.0.0.1', 53))\ntime.sleep(100)\n"
    )
    shell(
        f"mount --bind resolv /etc/resolv.conf; {sys.executable} -P dns.py & sleep 1", "-m", "-n"
    )(stage)


def hundred_addresses(stage: Stage) -> None:
    """A name with two hundred addresses, none of which listens."""
    KEY(stage)
    lines = "".join(f"127.1.0.{number} many.test\n" for number in range(1, 201))
    (stage.folder / "hosts").write_text(lines)
    shell("mount --bind hosts /etc/hosts", "-m")(stage)


def report(change: Any) -> SetUp:
    """A report of a faulty run, changed as a value."""

    def edit(content: bytes) -> bytes:
        value = json.loads(content)
        change(value)
        return json.dumps(value).encode()

    return given(edit, name=REPORT)


def links(stage: Stage) -> None:
    """The same stream by two names."""
    copies(stage)
    (stage.folder / "again").symlink_to("bad")


def open_pipe(stage: Stage) -> None:
    """A directory whose stream is a named pipe."""
    copies(stage)
    (stage.folder / "given").mkdir()
    os.mkfifo(stage.folder / "given" / STREAM)


def own_package(stage: Stage) -> None:
    """A package that cannot be written."""
    root = Path(doings.__file__).parents[2]
    shell(f"mount --bind {root} {root} && mount -o remount,ro,bind {root}", "-m")(stage)


_MACHINE: tuple[tuple[str, str, SetUp, tuple[int, ...], tuple[str, ...]], ...] = (
    ("pipes-ignored", "SIGPIPE is ignored.", shell("trap '' PIPE"), (0,), PAGES),
    ("children-ignored", "SIGCHLD is ignored: children leave no exit code.", shell("trap '' CHLD"), (0,), PAGES),
    ("children-ignored-with-two-processes", "The same, with -n 2 and a fault.", shell("trap '' CHLD"), (1,), (*PAGES, "--fault", "has-more-always", "--", "-n", "2")),
    ("interrupts-ignored", "SIGINT, SIGTERM and SIGHUP are ignored.", shell("trap '' INT TERM HUP"), (0,), PAGES),
    ("signals-blocked", "Signals are blocked.", all_blocked, (0,), PAGES),
    ("sigusr1", "SIGUSR1 in mid-run.", meanwhile.signalled(signal.SIGUSR1, 1.5), (-10, 3), ("run",)),
    ("sigquit", "SIGQUIT in mid-run.", meanwhile.signalled(signal.SIGQUIT, 1.5), (-3, 3), ("run",)),
    ("sigalrm", "SIGALRM in mid-run.", meanwhile.signalled(signal.SIGALRM, 1.5), (-14, 3), ("run",)),
    ("windows-that-change", "SIGWINCH, forty times.", meanwhile.signalled(signal.SIGWINCH, *(n / 20 for n in range(1, 41))), (0,), PAGES),
    ("sigtstp", "SIGTSTP, and SIGCONT after it.", shell("(sleep 2; kill -TSTP $$; sleep 1; kill -CONT $$) & :"), (0,), PAGES),
    ("nice", "nice 19.", shell("renice -n 19 $$ >/dev/null"), (0,), PAGES),
    ("four-inodes", "The disk of --out has room for four files.", inodes, (2, 3), PAGES),
    ("no-shared-memory", "Shared memory is read-only.", shell("mount -t tmpfs -o ro none /dev/shm", "-m"), (0,), PAGES),
    ("no-proc", "/proc is empty.", shell("mount -t tmpfs none /proc", "-m"), (0,), PAGES),
    ("no-proc-with-two-processes", "/proc is empty, with -n 2.", shell("mount -t tmpfs none /proc", "-m"), (0,), (*PAGES, "--", "-n", "2")),
    ("no-devices", "/dev is empty.", shell("mount -t tmpfs none /dev", "-m"), (0, 2, 3), PAGES),
    ("a-read-only-package", "The package cannot be written.", own_package, (0,), PAGES),
    ("names-that-are-never-answered", "The name server never answers.", deaf_names, (3,), ("run", "--region", "global=http://slow.test", "--region", "india=http://slower.test")),
    ("a-name-of-200-addresses", "A name with 200 addresses that refuse.", hundred_addresses, (3,), ("run", "--region", "global=http://many.test:9")),
    ("no-standard-input", "Standard input is closed.", shell("exec <&-"), (0,), PAGES),
    ("descriptors-of-others", "200 descriptors of the parent are open.", shell("for n in $(seq 3 9); do eval \"exec $n</dev/null\"; done"), (0,), PAGES),
    ("temporary-files-below-a-file", "TMPDIR is a file.", variables(TMPDIR="/etc/passwd"), (0,), PAGES),
    ("a-temporary-directory-of-3000-letters", "TMPDIR has 3,000 letters.", variables(TMPDIR="/t" * 1_500), (0,), PAGES),
    ("a-home-that-is-a-file", "HOME is a file, and examples are kept.", variables(HOME="/etc/passwd", XDG_CACHE_HOME=""), (0,), PAGES),
    ("a-relative-home", "HOME is relative.", variables(HOME="x", XDG_CACHE_HOME="y"), (0,), PAGES),
    ("a-cache-that-is-a-device", "XDG_CACHE_HOME is /dev/null, and examples are kept.", lambda stage: stage.variables.update(XDG_CACHE_HOME="/dev/null", CONFORMANCE_EXAMPLES=None), (0,), PAGES),
    ("columns-below-nothing", "COLUMNS=-5 and LINES=0.", variables(COLUMNS="-5", LINES="0"), (0,), PAGES),
    ("a-column", "COLUMNS=1.", variables(COLUMNS="1", LINES="1"), (0,), PAGES),
    ("an-empty-terminal", "TERM is empty.", variables(TERM="", NO_COLOR="1"), (0,), PAGES),
    ("warnings-of-encodings-are-errors", "PYTHONWARNDEFAULTENCODING=1 and PYTHONWARNINGS=error.", variables(PYTHONWARNDEFAULTENCODING="1", PYTHONWARNINGS="error"), (0,), PAGES),
    ("numbers-of-640-digits", "PYTHONINTMAXSTRDIGITS=640.", variables(PYTHONINTMAXSTRDIGITS="640"), (0,), PAGES),
    ("an-isolated-interpreter", "python -E -s -P.", doings.python("-s", "-P"), (0,), PAGES),
    ("secrets-of-tls-nowhere", "SSLKEYLOGFILE names nothing.", variables(SSLKEYLOGFILE="/nothing/there", FORMANT_API_KEY=MINE), (2, 3), ("run", "--region", "global=https://127.0.0.1:9")),
    ("certificates-nowhere", "SSL_CERT_FILE names nothing.", variables(SSL_CERT_FILE="/nothing/there", FORMANT_API_KEY=MINE), (2, 3), ("run", "--region", "global=https://127.0.0.1:9")),
    ("certificates-without-end", "SSL_CERT_FILE is /dev/zero.", variables(SSL_CERT_FILE="/dev/zero", FORMANT_API_KEY=MINE), (2, 3), ("run", "--region", "global=https://127.0.0.1:9")),
    ("settings-of-openssl", "OPENSSL_CONF is garbage.", variables(OPENSSL_CONF="/etc/passwd", FORMANT_API_KEY=MINE), (2, 3), ("run", "--region", "global=https://127.0.0.1:9")),
    ("plugins-are-not-loaded", "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1, with -n 2.", variables(PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"), (0,), (*PAGES, "--", "-n", "2")),
    ("debugging-of-pytest", "PYTEST_DEBUG=1 and a theme that is none.", variables(PYTEST_DEBUG="1", PYTEST_THEME="nothing", PYTEST_THEME_MODE="x"), (0,), PAGES),
    ("hooks-of-schemathesis", "SCHEMATHESIS_HOOKS names nothing.", variables(SCHEMATHESIS_HOOKS="nothing_there", SCHEMATHESIS_COVERAGE="x"), (0, 3), ("run", "--profile", "smoke", "--only", "SCH-*")),
    ("settings-of-schemathesis", "schemathesis.toml is garbage.", file("schemathesis.toml", b"]["), (0, 3), ("run", "--profile", "smoke", "--only", "SCH-*")),
    ("a-continuous-integration", "CI, TF_BUILD, GITLAB_CI and TEAMCITY_VERSION at once.", variables(CI="1", TF_BUILD="True", GITLAB_CI="1", TEAMCITY_VERSION="1"), (0,), PAGES),
    ("a-locked-history", "The history is held by another process, and that is waited for.", locked_history, (0, 2, 3), (*PAGES, "--history", "h.sqlite")),
    ("a-step-summary-that-is-a-pipe", "GITHUB_STEP_SUMMARY is a named pipe.", both(pipe("p"), variables(GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY="p")), (0, 3), PAGES),
)  # fmt: skip


def _run(*words: str) -> tuple[str, ...]:
    return (*PAGES, *words)


_USE: tuple[tuple[str, str, tuple[str, ...], SetUp | None, tuple[int, ...]], ...] = (
    *((f"{name}-that-is-a-pipe", f"--{name} is a named pipe that nobody writes to.", _run(f"--{name}", "p", *more), with_key(pipe("p")), (2, 3) if name == "examples" else (2,)) for name, more in {"spec": (), "overlay": (), "config": (), "baseline": ("--gate", "new"), "hooks": (), "ca-bundle": ("--region", CLOSED), "client-cert": ("--region", CLOSED), "history": (), "out": (), "examples": ("--region", CLOSED)}.items()),
    ("settings-that-are-a-pipe", "conformance.toml is a named pipe.", PAGES, pipe(CONFIG), (2,)),
    ("settings-that-are-a-directory", "conformance.toml is a directory.", PAGES, directory(CONFIG), (2,)),
    ("settings-that-are-a-circle", "conformance.toml is a link to itself.", PAGES, link_to_itself(CONFIG), (2,)),
    *((f"{name}-that-is-a-circle", f"--{name} is a link to itself.", _run(f"--{name}", "x", *more), link_to_itself("x"), (2,)) for name, more in {"spec": (), "overlay": (), "config": (), "baseline": (), "out": (), "history": ()}.items()),
    ("spec-that-is-a-socket", "--spec is a socket.", _run("--spec", "s"), listening("s"), (2,)),
    ("spec-that-is-a-terminal", "--spec /dev/tty.", _run("--spec", "/dev/tty"), None, (2,)),
    ("spec-of-a-process", "--spec /proc/self/mem.", _run("--spec", "/proc/self/mem"), None, (2,)),
    *((f"variable-{name.lower()}-that-is-empty", f"CONFORMANCE_{name} is empty.", PAGES, variables(**{f"CONFORMANCE_{name}": ""}), (0, 2)) for name in ("OUT", "SEED", "REGION", "CONFIG", "SPEC", "ONLY", "STRICT", "WORKERS", "HISTORY", "BASELINE")),
    ("key-that-is-empty", "The variable of the key is empty.", _run("--region", CLOSED), variables(FORMANT_API_KEY=""), (2,)),
    ("key-of-spaces", "A key of spaces.", _run("--region", CLOSED), variables(FORMANT_API_KEY=" " * 12), (2,)),
    ("key-of-a-megabyte", "A key of 100 kB.", _run("--region", CLOSED), variables(FORMANT_API_KEY="k1-" * 33_000), (2, 3)),
    ("key-of-one-letter", "A key of one letter, many times.", _run("--region", CLOSED), variables(FORMANT_API_KEY="a" * 12), (2, 3)),
    ("key-that-is-a-word", "A key that is a word of the reports.", _run("--region", CLOSED), variables(FORMANT_API_KEY="conformance"), (2, 3)),
    ("regions-that-differ-in-case", "Two names that differ in case.", _run("--region", "a=http://127.0.0.1:9", "--region", "A=http://127.0.0.1:10"), KEY, (2, 3)),
    *((f"url-{name}", f"A URL of the form {url[:40]!a}.", _run("--region", f"global={url}"), KEY, (2, 3)) for name, url in {
        "of-a-number": "http://2130706433:9", "of-hex": "http://0x7f000001:9", "short": "http://127.1:9",
        "of-a-zone": "http://[::1%25lo]:9", "mapped": "http://[::ffff:127.0.0.1]:9", "of-one-slash": "http:/127.0.0.1:9",
        "of-two-slashes": "//127.0.0.1:9", "of-an-empty-port": "http://127.0.0.1:", "of-port-0": "http://127.0.0.1:0", "of-wide-digits": "http://127.0.0.1:\uff19",
        "of-dots": "http://127.0.0.1:9/../../x", "of-nul": "http://127.0.0.1:9/%00", "of-parameters": "http://127.0.0.1:9/;a=b",
        "of-a-dot": "http://localhost.:9", "of-capitals": "HTTP://LOCALHOST:9", "of-100-kilobytes": "http://127.0.0.1:9/" + "a" * 100_000,
        "of-another-script": "http://\u043f\u0440\u0438\u043c\u0435\u0440.test:9", "of-broken-punycode": "http://xn--\u00fc.test:9", "of-a-tab": "ht\ttp://127.0.0.1:9", "of-unix": "unix:/run/x",
    }.items()),
    ("a-dash-of-print", "--out with an en dash.", ("run", "\u2013out", "x"), None, (2,)),
    ("only-with-another-dash", "A requirement with a no-break hyphen.", ("run", "--only", "PAG\u201103"), None, (2,)),
    ("wide-digits", "--seed of wide digits.", _run("--seed", "\uff11\uff12"), None, (0, 2)),
    *((f"{name}-of-{label}", f"--{name} {value}.", _run(f"--{name}", value), None, exits) for name, label, value, exits in (
        ("rate", "nan", "nan", (2,)), ("rate", "inf", "inf", (0, 2)), ("rate", "nearly-nothing", "1e-300", (2, 3)), ("max-time", "1e400", "1e400", (0, 2)), ("max-time", "1e18", "1e18", (0, 2)),
        ("timeout", "1e300", "1e300", (0, 2)), ("wait-for", "1e300", "1e300", (0, 2)), ("latency-budget", "nan", "nan", (2,)), ("unanswered-budget", "inf", "inf", (0, 2)),
        ("sensitivity", "nearly-nothing", "1e-300", (2, 3)), ("sensitivity", "nan", "nan", (2,)), ("max-requests", "20-digits", "9" * 20, (0, 2)), ("max-body", "1", "1", (1, 2, 3)),
    )),
    *((f"settings-with-{name}", f"conformance.toml with {text!a}.", ("run", "--list"), file(CONFIG, text.encode()), (2,)) for name, text in {
        "a-text-for-regions": 'region = "x"', "a-flag-for-a-number": "seed = true", "a-fraction": "seed = 1.5", "a-date": "seed = 2020-01-01", "a-table": "only = {a = 1}",
        "a-table-of-waivers": "waivers = {a = 1}", "a-number-of-waivers": "waivers = 5", "a-list-of-profiles": 'profile = ["smoke"]', "nan": "rate = nan", "a-list-in-a-list": 'only = [["PAG-03"]]',
        "an-expiry-of-5": '[[waivers]]\nrequirement = "PAG-03"\nreason = "r"\nowner = "o"\nexpires = 5', "an-expiry-tomorrow": '[[waivers]]\nrequirement = "PAG-03"\nreason = "r"\nowner = "o"\nexpires = "tomorrow"',
    }.items()),
    ("settings-of-60-megabytes", "60 MB of comments in the settings.", PAGES, lambda stage: file(CONFIG, b"# comment\n" * 6_000_000)(stage), (0, 2)),
    ("a-history-of-others", "The history is a database of somebody else.", _run("--history", "h.sqlite"), other_history, (0, 2, 3)),
    ("an-encrypted-client-key", "The client's key asks for a password.", _run("--region", "global=https://127.0.0.1:9", "--client-cert", "c.pem", "--client-key", "k.pem"), both(KEY, encrypted_key), (2,)),
    *((f"a-header-of-{label}", f"-H '{value}'.", _run("--region", CLOSED, "-H", value), KEY, (2, 3)) for label, value in {
        "length": "Content-Length: 5", "coding": "Transfer-Encoding: chunked", "expectation": "Expect: 100-continue", "host": "Host: x", "an-unset-variable": "X-A: $NOTHING_THERE", "non-ascii": "X-A: \u00e9\u20ac", "connection": "Connection: upgrade",
    }.items()),
    ("socks", "HTTPS_PROXY is a SOCKS proxy.", _run("--region", "global=https://127.0.0.1:9"), variables(FORMANT_API_KEY=MINE, HTTPS_PROXY="socks5://127.0.0.1:9"), (2, 3)),
    ("a-proxy-with-a-password", "HTTP_PROXY holds a password.", _run("--region", "global=http://192.0.2.1:9"), variables(FORMANT_API_KEY=MINE, HTTP_PROXY="http://me:hunter2hunter2@127.0.0.1:9"), (2, 3)),
    ("no-proxy-of-garbage", "NO_PROXY=*,[,:::.", _run("--region", CLOSED), variables(FORMANT_API_KEY=MINE, NO_PROXY="*,[,:::,%", HTTP_PROXY="http://127.0.0.1:9"), (2, 3)),
    ("out-of-300-letters", "A name of 300 letters for --out.", _run("--out", "o" * 300), None, (2,)),
    ("out-of-5000-letters", "A path of 5,000 letters for --out.", _run("--out", "o/" * 2_500), None, (2,)),
    ("spec-of-300-letters", "A name of 300 letters for --spec.", _run("--spec", "o" * 300), None, (2,)),
    ("an-out-with-a-line-break", "--out with a line break.", _run("--out", "a\nb"), None, (0, 2)),
    ("out-is-here", "--out is the current directory.", _run("--out", "."), None, (0, 2)),
    ("explain-of-escapes", "explain of an escape sequence.", ("explain", "\x1b[31m"), None, (2,)),
    ("explain-of-nothing-at-all", "explain of an empty text.", ("explain", ""), None, (2,)),
    ("traits-of-a-pipe", "traits of a named pipe.", ("traits", "--spec", "p"), pipe("p"), (2,)),
    ("init-of-a-pipe", "init of a named pipe.", ("init", "--spec", "p"), pipe("p"), (2,)),
    ("a-watch-of-nothing", "watch --every 0.", ("watch", "--every", "0"), None, (2,)),
    ("a-watch-of-ages", "watch --every 1e999d.", ("watch", "--every", "1e999d"), None, (2,)),
    ("mocks-of-one-port", "Both regions of mock on one port.", ("mock", "--global-port", "18761", "--india-port", "18761"), None, (2, 3)),
    ("prove-of-nothing", "prove --faults of nothing.", ("prove", "--faults", ""), None, (2,)),
)  # fmt: skip

_FILES: tuple[tuple[str, str, SetUp, tuple[str, ...], tuple[int, ...]], ...] = (
    ("stream-that-is-a-pipe-read-back", "A named pipe as the stream.", pipe("p"), ("report", "p"), (2,)),
    ("a-directory-with-a-pipe", "A directory whose stream is a named pipe.", open_pipe, ("report", "given"), (2,)),
    ("merge-of-a-pipe", "merge of a named pipe.", pipe("p"), ("merge", "good", "p", "--out", "out"), (2,)),
    ("compare-with-a-pipe", "compare with a named pipe.", pipe("p"), ("compare", "good/report.json", "p"), (2,)),
    ("again-on-a-pipe", "again on a named pipe.", pipe("p"), ("again", "--report", "p"), (2,)),
    ("history-that-is-a-pipe-read-back", "history of a named pipe.", pipe("p"), ("history", "p"), (2,)),
    ("gate-against-a-pipe", "gate against a named pipe.", with_key(pipe("p")), ("gate", "--candidate", "candidate=http://127.0.0.1:9", "--against", "p"), (2,)),
    ("merge-by-two-names", "The same stream by two names.", links, ("merge", "bad", "again", "--out", "out"), (1, 2)),
    ("merge-of-a-hundred", "The same stream a hundred times.", copies, ("merge", *["bad"] * 100, "--out", "out"), (1, 2)),
    ("stream-of-utf-16", "The stream in UTF-16.", given(lambda c: c.decode().encode("utf-16")), REPORTED, (2,)),
    ("stream-shuffled", "Each second line first.", given(lines(lambda x: x[::2] + x[1::2])), REPORTED, (0, 2)),
    ("report-with-a-mark", "A byte order mark before a report.", given(lambda c: b"\xef\xbb\xbf" + c, name=REPORT), ("compare", "good/report.json", "given/report.json"), (0, 1, 2)),
    ("report-of-utf-16", "A report in UTF-16.", given(lambda c: c.decode().encode("utf-16"), name=REPORT), ("compare", "good/report.json", "given/report.json"), (0, 1, 2)),
    ("report-with-surrogates", "A region of a lone surrogate.", given(lambda c: c.replace(b'"india"', b'"\\ud800"'), name=REPORT), ("compare", "good/report.json", "given/report.json"), (0, 1, 2)),
    ("report-without-regions", "A report without its regions.", report(lambda r: r.pop("regions")), ("again", "--report", "given/report.json"), (2,)),
    ("report-of-no-url", "A report whose regions are no URLs.", report(lambda r: r["regions"].update(dict.fromkeys(r["regions"], "javascript:x"))), ("again", "--report", "given/report.json"), (0, 1, 2, 3)),
    ("report-of-strange-findings", "A report whose findings are texts.", report(lambda r: [one.update(findings=["x"]) for one in r["results"]]), ("again", "--report", "given/report.json"), (2,)),
    ("report-of-strange-evidence", "A report whose evidence is a list.", report(lambda r: [one.update(evidence=[1]) for one in r["results"]]), ("compare", "good/report.json", "given/report.json"), (0, 1, 2)),
    ("report-that-contradicts-itself", "Failures, and exit code 0.", report(lambda r: r.update(exit_code=0, verdict="conformant")), ("run", *PAGES[1:], "--fault", "has-more-always", "--baseline", "given/report.json", "--gate", "new"), (0, 1, 2)),
    ("baseline-of-windows", "A baseline in TOML with a mark and CRLF.", file("b.toml", b"\xef\xbb\xbf# none\r\n"), _run("--baseline", "b.toml", "--gate", "new"), (0, 2)),
    ("baseline-of-wrong-tables", "A baseline in TOML of numbers.", file("b.toml", b"failures = 5\nfailure = [1]\n[known]\na=1\n"), _run("--baseline", "b.toml", "--gate", "new"), (2,)),
    ("report-into-a-file", "report --out onto a file.", copies, ("report", "good", "--out", "good/report.json"), (2,)),
    ("a-format-that-is-none", "report --format of nothing.", copies, ("report", "good", "--format", "x"), (2,)),
    ("history-of-others-read-back", "history of somebody else's database.", other_history, ("history", "h.sqlite"), (2,)),
)  # fmt: skip


def _rows(side: str, rows: Any) -> tuple[Trouble, ...]:
    return tuple(
        Trouble(
            name=name, side=side, sentence=sentence, set_up=set_up, arguments=words, exits=exits
        )
        for name, sentence, set_up, words, exits in rows
    )


ODDS: tuple[Trouble, ...] = (
    *_rows(MACHINE, [(n, s, act, words, exits) for n, s, act, exits, words in _MACHINE]),
    *_rows(USE, [(n, s, act, words, exits) for n, s, words, act, exits in _USE]),
    *_rows(FILES, _FILES),
)
