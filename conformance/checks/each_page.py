"""Laws of single pages, judged on many of them and confirmed where they are broken."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import confirm_samples
from conformance.checks.lists import asked_again
from conformance.checks.wrong_total import beside_wrong_total
from conformance.laws import pages as laws

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.laws.finding import Finding
    from conformance.laws.pages import Page

    PageLaw = Callable[[Page], list[Finding]]


def judge_counts(
    sender: Sender, evidence: Evidence, seen: Sequence[Page], total: int | None = None
) -> None:
    """PAG-02 on each page, PAG-03 and PAG-21 as far as its style of paging tells a total.

    A page that is right but for its total, where that of the list is known, breaks PAG-04 alone.
    """
    law = partial(laws.only_total, total=total)
    mistold = [answer for answer in seen if law(answer)]
    judge_each(sender, evidence, "PAG-04", law, mistold)
    seen = [answer for answer in seen if answer not in mistold]
    counted = [answer for answer in seen if answer.total is not None]
    judge_each(sender, evidence, "PAG-02", laws.size, seen, pages=1)
    judge_each(sender, evidence, "PAG-03", laws.has_more, counted, pages=1)
    judge_each(sender, evidence, "PAG-21", laws.number_of_pages, seen, pages=1)
    # What is told by the number of rows is wrong on a last page that is full, and nowhere else.
    evidence.judge("PAG-03", [], last_pages=sum(answer.is_full_and_last for answer in counted))


def judge_each(
    sender: Sender,
    evidence: Evidence,
    requirement: str,
    law: PageLaw,
    seen: Sequence[Page],
    **counts: Any,
) -> None:
    """A law on each page; one that breaks it is asked for again. `counts` is the evidence of one
    page.
    """
    wrong = [answer for answer in seen if law(answer)]
    kept = len(seen) - len(wrong)
    evidence.judge(requirement, [], **{kind: count * kept for kind, count in counts.items()})

    suspects = [(partial(_asked_again, sender, law, answer), None) for answer in wrong]
    confirm_samples(sender, evidence, requirement, suspects, inherent=True, **counts)


def _asked_again(sender: Sender, law: PageLaw, seen: Page, again: bool) -> list[Finding]:
    fresh = asked_again(sender, seen) if again else seen
    found = law(fresh) if fresh else []
    return beside_wrong_total(sender, found, fresh) if fresh and again else found
