"""Is a name near a brand: views of the name, terms of the brand, an engine, and the reason why."""

from hunter.matching.matcher import Hit, Matcher, compile_matcher

__all__ = ["Hit", "Matcher", "compile_matcher"]
