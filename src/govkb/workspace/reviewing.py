"""What a change means: the project as it is, beside where HEAD left another revision."""

from __future__ import annotations

from datetime import date

from govkb import checking
from govkb.checking import Asked
from govkb.checking.changes import unlike
from govkb.errors import CannotVerifyError
from govkb.progress import Progress, silent
from govkb.review import FindingNews, Review, compared
from govkb.review.pairing import pairing
from govkb.workspace.past import past_of
from govkb.workspace.workspace import Workspace


def review_since(
    workspace: Workspace, ref: str, today: date, progress: Progress = silent
) -> Review:
    """Everything that has changed since HEAD left the history of `ref`.

    Raises CannotVerifyError where that history isn't here, or its settings or types can't be used.
    """
    past, then = past_of(workspace.config.root, ref, today, Asked())
    if past.before is None:
        fault = next(iter(then.catalogue.faults)).as_error()
        message = f"the types of {ref!r} can't be used: {fault.message}"
        raise CannotVerifyError(message, fault.hint)
    now = workspace.load(ref, today, before=past.before, progress=progress)
    progress("Comparing records", 0, None)
    found = checking.check(now)
    pairs = pairing(then.records_by_id, now.records_by_id)
    back = {new: old for old, new in pairs.paths.items()}
    added = unlike(found, past.findings, pairs.paths)
    cured = unlike(past.findings, found, back)
    news = FindingNews(added, cured)
    return compared((ref, past.commit), then, now, past.before, pairs, news)
