"""Use: arguments, variables and files of settings that cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.prove.hostile.trouble import USE, Trouble

if TYPE_CHECKING:
    from conformance.prove.hostile.trouble import SetUp, Stage


def variables(**given: str) -> SetUp:
    """With variables of the environment."""

    def set_up(stage: Stage) -> None:
        stage.variables.update(given)

    return set_up


def file(name: str, content: bytes) -> SetUp:
    """With a file in the current directory."""

    def set_up(stage: Stage) -> None:
        path = stage.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    return set_up


def directory(name: str) -> SetUp:
    """With a directory in the current one."""
    return lambda stage: (stage.folder / name).mkdir(parents=True)


def both(*set_ups: SetUp) -> SetUp:
    """One set-up after the other."""

    def set_up(stage: Stage) -> None:
        for each in set_ups:
            each(stage)

    return set_up


KEY = variables(FORMANT_API_KEY="fk_some_key_of_a_user_1234567890")
CONFIG = "conformance.toml"


def _region(url: str) -> tuple[str, ...]:
    return ("run", "--region", url)


# name, sentence, arguments, what else there is
_REFUSED: tuple[tuple[str, str, tuple[str, ...], SetUp | None], ...] = (
    ("port-99999", "A port that there is not.", _region("global=http://127.0.0.1:99999"), KEY),
    ("port-0", "Port 0.", _region("global=http://127.0.0.1:0"), KEY),
    ("port-below-nothing", "A negative port.", _region("global=http://127.0.0.1:-1"), KEY),
    ("port-of-letters", "A port that is no number.", _region("global=http://127.0.0.1:abc"), KEY),
    ("port-of-superscripts", "A port of digits that are none.", _region("global=http://127.0.0.1:²³"), KEY),
    ("bracket", "An IPv6 address that does not end.", _region("global=http://[::1/"), KEY),
    ("bracket-of-letters", "An IPv6 address that is none.", _region("global=http://[zz]/"), KEY),
    ("label-of-100-letters", "A label of a host that no name has.", _region(f"global=http://{'a' * 100}.test"), KEY),
    ("two-dots", "An empty label.", _region("global=http://a..test"), KEY),
    ("space-in-a-url", "A space in a URL.", _region("global=http://127.0.0.1/a b"), KEY),
    ("newline-in-a-url", "A line break in a URL.", _region("global=http://127.0.0.1/a\nHost: b"), KEY),
    ("escape-in-a-url", "A control character in a URL.", _region("global=http://127.0.0.1/\x1b[2J"), KEY),
    ("query-in-a-url", "A query in a base URL.", _region("global=http://127.0.0.1/?a=b"), KEY),
    ("fragment-in-a-url", "A fragment in a base URL.", _region("global=http://127.0.0.1/#a"), KEY),
    ("user-in-a-url", "A password in a base URL.", _region("global=http://me:hunter2hunter2@127.0.0.1/"), KEY),
    ("no-scheme", "A host alone.", _region("global=127.0.0.1"), KEY),
    ("ftp", "A scheme that is no HTTP.", _region("global=ftp://127.0.0.1"), KEY),
    ("no-host", "A URL without a host.", _region("global=http://"), KEY),
    ("no-url", "A name alone.", _region("global"), KEY),
    ("empty-region", "An empty value.", _region(""), KEY),
    ("region-without-a-name", "A URL alone.", _region("=http://127.0.0.1"), KEY),
    ("region-with-a-slash", "A name that would be a path.", _region("../x=http://127.0.0.1"), KEY),
    ("region-of-300-letters", "A name of 300 letters.", _region(f"{'n' * 300}=http://127.0.0.1"), KEY),
    ("region-twice", "Two URLs for one name.", ("run", "--region", "a=http://x.test", "--region", "a=http://y.test"), KEY),
    ("no-key", "No variable holds a key.", _region("global=http://127.0.0.1:9"), None),
    ("key-of-7-letters", "A key too short to be redacted.", _region("global=http://127.0.0.1:9"), variables(FORMANT_API_KEY="fk_1234")),
    ("key-with-a-newline", "A key with a line break within.", _region("global=http://127.0.0.1:9"), variables(FORMANT_API_KEY="fk_12345678\nX: y")),
    ("key-beyond-ascii", "A key that no header carries.", _region("global=http://127.0.0.1:9"), variables(FORMANT_API_KEY="schlüssel12345")),
    ("live-with-a-fault", "A fault of the mock for live servers.", ("run", "--target", "live", "--fault", "has-more-always"), KEY),
    ("fault-that-is-none", "An unknown fault.", ("run", "--fault", "nothing-like-it"), None),
    ("only-nothing", "--only that leaves nothing.", ("run", "--only", "XYZ-*"), None),
    ("skip-all", "--skip that leaves nothing.", ("run", "--skip", "*"), None),
    ("only-and-skip-the-same", "--only and --skip of the same.", ("run", "--only", "PAG-03", "--skip", "PAG-03"), None),
    ("out-is-a-file", "--out onto a file.", ("run", "--out", "given"), file("given", b"x")),
    ("out-below-a-file", "--out below a file.", ("run", "--out", "given/x/y"), file("given", b"x")),
    ("a-directory-for-a-report", "A directory where report.json should be.", ("run", "--out", "reports"), directory("reports/report.json")),
    ("a-directory-for-the-stream", "A directory where events.ndjson should be.", ("run", "--out", "reports"), directory("reports/events.ndjson")),
    ("unknown-variable", "CONFORMANCE_WROKERS.", ("run",), variables(CONFORMANCE_WROKERS="3")),
    ("variable-that-is-no-number", "CONFORMANCE_SEED of letters.", ("run",), variables(CONFORMANCE_SEED="x")),
    ("seed-below-nothing", "A negative seed.", ("run", "--seed", "-1"), None),
    ("seed-of-5000-digits", "A seed of 5,000 digits.", ("run", "--seed", "9" * 5000), None),
    ("workers-of-nothing", "No worker.", ("run", "--workers", "0"), None),
    ("workers-by-the-million", "A million workers.", ("run", "--workers", "1000000"), None),
    ("timeout-of-nothing", "No time.", ("run", "--timeout", "0"), None),
    ("timeout-nan", "A time that is no number.", ("run", "--timeout", "nan"), None),
    ("timeout-inf", "A time without an end.", ("run", "--timeout", "inf"), None),
    ("rate-below-nothing", "A negative rate.", ("run", "--rate", "-3"), None),
    ("unknown-profile", "A profile that there is not.", ("run", "--profile", "fast"), None),
    ("unknown-flag", "A flag that there is not.", ("run", "--wrokers", "3"), None),
    ("unknown-command", "A command that there is not.", ("rnu",), None),
    ("flag-without-a-value", "A flag that lacks its value.", ("run", "--seed"), None),
    ("spec-that-is-not-there", "A document that is not there.", ("run", "--spec", "nothing.yaml"), None),
    ("spec-that-is-a-directory", "A directory for a document.", ("run", "--spec", "."), None),
    ("spec-that-is-binary", "A document of bytes.", ("run", "--spec", "given"), file("given", bytes(range(256)) * 99)),
    ("spec-that-is-empty", "An empty document.", ("run", "--spec", "given"), file("given", b"")),
    ("spec-of-aliases", "A document of aliases that multiply.", ("run", "--spec", "given.yaml"), file("given.yaml", b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(b"%c: &%c [%s]\n" % (n + 1, n + 1, b",".join([b"*%c" % n] * 9)) for n in range(97, 105)))),
    ("spec-that-runs-code", "A document with a tag of Python's.", ("run", "--spec", "given.yaml"), file("given.yaml", b"!!python/object/apply:os.system ['touch pwned']")),
    ("spec-of-200000-brackets", "A document of brackets.", ("run", "--spec", "given.json"), file("given.json", b"[" * 200_000)),
    ("spec-that-refers-to-itself", "References in a circle.", ("run", "--spec", "given.json"), file("given.json", b'{"openapi":"3.1.0","info":{"title":"a","version":"1"},"paths":{"/a":{"$ref":"#/paths/~1b"},"/b":{"$ref":"#/paths/~1a"}}}')),
    ("overlay-that-is-none", "An overlay that is a list.", ("run", "--overlay", "given.yaml"), file("given.yaml", b"- 1\n- 2\n")),
    ("config-that-is-not-there", "A file of settings that is not there.", ("run", "--config", "nothing.toml"), None),
    ("config-that-is-no-toml", "Settings that are no TOML.", ("run",), file(CONFIG, b"a = = b")),
    ("config-that-is-no-utf-8", "Settings that are no UTF-8.", ("run",), file(CONFIG, b"seed = '\xff\xfe'")),
    ("config-with-an-unknown-key", "A key that there is not.", ("run",), file(CONFIG, b"wrokers = 3\n")),
    ("config-with-a-wrong-type", "A list for a number.", ("run",), file(CONFIG, b"seed = [1]\n")),
    ("config-with-nul", "NUL in the settings.", ("run",), file(CONFIG, b"seed = 1\x00\n")),
    ("waiver-without-a-reason", "A waiver that says nothing.", ("run",), file(CONFIG, b"[[waivers]]\nrequirement = 'PAG-03'\n")),
    ("baseline-that-is-not-there", "A baseline that is not there.", ("run", "--baseline", "nothing.json"), None),
    ("gate-without-a-baseline", "--gate new with nothing to compare with.", ("run", "--gate", "new"), None),
    ("history-that-is-none", "A history that is no database.", ("run", "--history", "given"), file("given", b"no database" * 99)),
    ("shard-of-nothing", "Shard 0 of 3.", ("run", "--shard", "0/3"), None),
    ("shard-beyond-the-last", "Shard 4 of 3.", ("run", "--shard", "4/3"), None),
    ("header-without-a-colon", "A header that is none.", ("run", "-H", "nothing"), None),
    ("header-with-a-newline", "A header that is two.", ("run", "-H", "X-A: b\r\nX-C: d"), None),
    ("header-of-the-key", "A header where the key goes.", ("run", "-H", "Authorization: Bearer abcdefghijkl"), None),
    ("proxy-that-is-none", "A proxy that is no URL.", (*_region("global=http://127.0.0.1:9"), "--proxy", "nonsense:port"), KEY),
    ("ca-bundle-that-is-none", "Certificates that are none.", (*_region("global=https://127.0.0.1:9"), "--ca-bundle", "given"), file("given", b"no certificate")),
    ("hooks-that-are-none", "Hooks that are no Python.", ("run", "--hooks", "given.py"), file("given.py", b"def (")),
    ("hooks-that-exit", "Hooks that end the process.", ("run", "--hooks", "given.py"), file("given.py", b"raise SystemExit(0)")),
    ("pytest-flag-that-is-none", "An unknown argument after --.", ("run", "--", "--no-such-flag"), None),
    ("explain-nothing", "A requirement that there is not.", ("explain", "PAG-99"), None),
    ("again-on-nothing", "A report that is not there.", ("again", "--report", "nothing.json"), None),
    ("max-body-of-nothing", "A bound of no byte.", ("run", "--max-body", "0"), None),
)  # fmt: skip

# name, sentence, arguments, what else there is, exits
_OTHERS: tuple[tuple[str, str, tuple[str, ...], SetUp | None, tuple[int, ...]], ...] = (
    ("config-with-a-mark", "Settings with a byte order mark.", ("run", "--only", "PAG-03"), file(CONFIG, b"\xef\xbb\xbfseed = 7\n"), (0,)),
    ("region-with-a-dash", "A name with a dash.", _region("eu-west=http://127.0.0.1:9"), KEY, (3,)),
    ("url-that-ends-with-a-slash", "A base URL with a slash at its end.", _region("global=http://127.0.0.1:9/"), KEY, (3,)),
    ("host-that-is-not-there", "A name that nobody knows.", _region("global=http://nothing.invalid"), KEY, (3,)),
    ("collect-only", "--collect-only after the dashes.", ("run", "--", "--collect-only"), None, (3,)),
    ("select-nothing", "-k that selects nothing.", ("run", "--", "-k", "nothing_like_it"), None, (3,)),
    ("no-timeout-plugin-needed", "A one-letter flag of pytest.", ("run", "--only", "PAG-03", "--", "-x"), None, (0,)),
)  # fmt: skip

USES: tuple[Trouble, ...] = (
    *(
        Trouble(
            name=name,
            side=USE,
            sentence=sentence,
            arguments=arguments,
            set_up=set_up,
            exits=(2,),
        )
        for name, sentence, arguments, set_up in _REFUSED
    ),
    *(
        Trouble(
            name=name,
            side=USE,
            sentence=sentence,
            arguments=arguments,
            set_up=set_up,
            exits=exits,
        )
        for name, sentence, arguments, set_up, exits in _OTHERS
    ),
)
