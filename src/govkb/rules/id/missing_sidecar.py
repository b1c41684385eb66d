"""A folder lacks the metadata that it must have.

## What it does

Looks for the metadata file (`file` under `[inheritance]`) in every folder that fits one of the
globs in `required` under `[sidecars]`.

## Why

In such folders the records and files rely on what the folder says about all of them, such as who
owns them. Where nothing is said, nobody does.

## Bad

```toml ../govkb.toml
[inheritance]
file = "metadata.yaml"

[sidecars]
required = ["records/documents/*"]
```

```markdown documents/site/who-does-what.md
---
id: who-does-what
title: Who does what
---

# Who does what

This and that.
```

## Good

```toml ../govkb.toml
[inheritance]
file = "metadata.yaml"

[sidecars]
required = ["records/documents/*"]
```

```yaml documents/site/metadata.yaml
owner: platform
```

```markdown documents/site/who-does-what.md
---
id: who-does-what
title: Who does what
---

# Who does what

This and that.
```

## Fix

Add the file with the fields that hold for the whole folder.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.rule import Rule

RULE = Rule("ID016", "missing-sidecar", Severity.ERROR)


def check_base(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Every folder without its file."""
    name = base.config.inheritance.file or "a metadata file"
    for folder in base.folders_without_sidecar:
        message = f"the folder {folder} has no {name}, and the settings demand one"
        hint = f"add {folder}/{name} with the fields that hold for the whole folder"
        yield RULE.at_file(folder, message, hint=hint)
