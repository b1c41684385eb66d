from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def source_documents(checkout: Path) -> Path:
    """The documents that govkb was made from, where somebody put them beside the checkout."""
    folder = checkout.parent / "shared"
    if not (folder / "seeds").is_dir() or not (folder / "corpora").is_dir():
        pytest.skip("the source documents are not beside the checkout")
    return folder
