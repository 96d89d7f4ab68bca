"""`junit.xml`: one test case for each requirement, operation and region, with stable names."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from conformance.reports.cases import cases_of
from conformance.verdict.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from conformance.verdict.report import Report, Result

# XML 1.0 2.2 has no way to write these, not even as references.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 20_000
# Almost every name and value consists of these characters, which need no escaping.
_PLAIN = re.compile(r"[\w .,:;=()\[\]/+-]*", re.ASCII)


def write_junit(report: Report, target: TextIO) -> None:
    """Write the report as JUnit XML, result by result."""
    cases = cases_of(report)
    kinds = Counter(_kind(result) for result in cases)
    target.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    target.write(
        f'<testsuites name="formant-conformance" tests="{len(cases)}" '
        f'failures="{kinds["failure"]}" errors="{kinds["error"]}" '
        f'time="{report.duration_seconds:.3f}">\n'
    )
    for result in cases:
        target.writelines(_suite(report, result))
    target.write("</testsuites>\n")


def _suite(report: Report, result: Result) -> Iterator[str]:
    """A suite for each case: Jenkins' and Surefire's schemas allow properties on suites alone."""
    kind, time = _kind(result), f"{result.seconds:.3f}"
    name = f"{result.requirement} [{result.region}]" if result.region else result.requirement
    classname = f"formant.{result.operation}.{result.area}"
    yield (
        f'<testsuite name={_quoted(f"{classname}.{name}")} tests="1" '
        f'failures="{int(kind == "failure")}" errors="{int(kind == "error")}" '
        f'skipped="{int(kind == "skipped")}" time="{time}">\n  <properties>\n'
    )
    for fact, value in _facts(report, result).items():
        yield f"    <property name={_quoted(fact)} value={_quoted(value)}/>\n"
    yield "  </properties>\n"
    yield f'  <testcase name={_quoted(name)} classname={_quoted(classname)} time="{time}">\n'
    if kind:
        yield _verdict(kind, report, result)
    if output := _output(report, result):
        yield f"    <system-out>{_text(output)}</system-out>\n"
    yield "  </testcase>\n</testsuite>\n"


def _kind(result: Result) -> str | None:
    match result.outcome:
        case "failed":
            return "failure"
        case "broken":
            return "error"
        case "inconclusive":
            # A CI counts a skipped case as fine; a MUST that could not be verified is not.
            return "error" if result.level == "MUST" else "skipped"
        case "not_applicable" | "unexercised" | "waived":
            return "skipped"
        case _:
            return None


def _facts(report: Report, result: Result) -> dict[str, str]:
    facts = {
        "requirement": result.requirement,
        "level": result.level,
        "region": result.region or "",
        "operation": result.operation,
        "outcome": result.outcome,
        "evidence": ", ".join(f"{name}={count}" for name, count in result.evidence.items()),
        "seed": str(report.seed),
        "run": report.run,
    }
    if report.config.get("insecure"):
        facts["insecure"] = "true"
    if result.caused_by:
        facts["caused_by"] = ", ".join(result.caused_by)
    return facts


def _verdict(kind: str, report: Report, result: Result) -> str:
    message = _quoted(cut(result.message, _LONGEST))
    if kind == "skipped":
        return f"    <skipped message={message}/>\n"
    body = _text(_failure_text(report, result))
    return f"    <{kind} type={_quoted(result.outcome)} message={message}>{body}</{kind}>\n"


def _failure_text(report: Report, result: Result) -> str:
    requirement = report.requirement(result)
    lines = [f"{requirement.id} ({requirement.level}): {requirement.promise}"]
    for finding in result.findings:
        lines += [f"expected: {finding.expected}", f"actual:   {finding.actual}"]
        lines += [f"again:    {finding.curl}"] if finding.curl else []
    if result.caused_by:
        lines.append(f"explained by: {', '.join(result.caused_by)}")
    return cut("\n".join(lines) if result.findings else f"{lines[0]}\n{result.message}", _LONGEST)


def _output(report: Report, result: Result) -> str:
    if result.outcome == "warned":
        lines = [f"warned: {result.message}"]
    elif result.outcome in ("passed", "not_applicable"):
        return ""
    else:
        lines = []
    lines += [finding.curl for finding in result.findings if finding.curl]
    lines += [f"exchanges: {', '.join(f.exchanges)}" for f in result.findings if f.exchanges]
    return cut("\n".join([*lines, f"seed: {report.seed}"]), _LONGEST) if lines else ""


def _text(text: str) -> str:
    return escape(_writable(text))


def _quoted(text: str) -> str:
    return f'"{text}"' if _PLAIN.fullmatch(text) else quoteattr(_writable(text))


def _writable(text: str) -> str:
    return _FORBIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
