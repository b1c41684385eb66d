"""What changes have to satisfy, as the settings declare it, and what is known of one change."""

from __future__ import annotations

from govkb.gating.change import Change
from govkb.gating.gates import (
    Artifact,
    Bypass,
    Checklist,
    Gate,
    GateSettings,
    ReviewGate,
    Trace,
    read_gates,
)
from govkb.gating.labels import LabelSettings, Namespace, ValueSource, read_labels

__all__ = [
    "Artifact",
    "Bypass",
    "Change",
    "Checklist",
    "Gate",
    "GateSettings",
    "LabelSettings",
    "Namespace",
    "ReviewGate",
    "Trace",
    "ValueSource",
    "read_gates",
    "read_labels",
]
