"""A sidecar describes a file that isn't there.

## What it does

Looks beside each metadata sidecar (`settings.json.metadata.yaml`, with the `suffix` of the
settings) for what it describes: the file `settings.json`, or a folder of that name.

## Why

The record stands for a file that was moved, renamed or deleted. Whoever follows a reference to it
finds nothing, and the file, wherever it is now, is no longer a record.

## Bad

```toml ../govkb.toml
[sidecars]
suffix = ".metadata.yaml"
```

```yaml documents/settings.json.metadata.yaml
id: settings-of-the-site
type: document
title: Settings of the site
```

## Good

```toml ../govkb.toml
[sidecars]
suffix = ".metadata.yaml"
```

```yaml documents/settings.json.metadata.yaml
id: settings-of-the-site
type: document
title: Settings of the site
```

```json documents/settings.json
{}
```

## Fix

Move or rename the sidecar along with its file, or delete it with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.rule import Rule

RULE = Rule("ID015", "sidecar-without-file", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every sidecar that stands alone."""
    suffix = base.config.sidecars.suffix or ""
    for path in base.sidecars_without_file:
        described = path.rpartition("/")[2].removesuffix(suffix)
        message = f"it describes {described!r}, and no such file stands beside it"
        hint = "move it to where the file is now, or delete it"
        yield RULE.at_file(path, message, hint=hint)
