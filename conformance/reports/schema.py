"""The JSON Schema of `report.json`, made from what is written, with the rules that tie its fields
together.

python -m conformance.reports.schema > conformance/reports/schemas/report.schema.json
"""

from __future__ import annotations

from typing import Any

from conformance.events.schema import schema_of, text_of
from conformance.verdict.document import REPORT_SCHEMA, ReportDocument
from conformance.verdict.verdict import EXIT_CODES

_ID = f"https://formant-conformance.example/schemas/report-{REPORT_SCHEMA}.json"
_TITLE = f"report.json: a concluded run, schema version {REPORT_SCHEMA}"


def report_schema() -> dict[str, Any]:
    """The schema of a report."""
    schema = schema_of(ReportDocument, _ID, _TITLE)
    schema["$defs"]["ReportDocument"] |= _CODE_OF_THE_VERDICT
    schema["$defs"]["ResultDocument"] |= _FAILURE_HAS_FINDINGS
    return schema


# Under `--gate new` the exit code is the comparison's.
_CODE_OF_THE_VERDICT = {
    "anyOf": [
        {"properties": {"gate": {"const": "new"}}, "required": ["gate"]},
        *(
            {"properties": {"verdict": {"const": verdict}, "exit_code": {"const": code}}}
            for verdict, code in EXIT_CODES.items()
        ),
    ]
}
_FAILURE_HAS_FINDINGS = {
    "if": {"properties": {"outcome": {"const": "failed"}}},
    "then": {"properties": {"findings": {"minItems": 1}}},
}


if __name__ == "__main__":
    print(text_of(report_schema()), end="")
