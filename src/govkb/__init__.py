"""govkb: governance records as a knowledge base that can be trusted."""

__version__ = "0.1.0"
