"""What a span of time brought: the figures behind `hunter report`, and the page they stand on.

`figures` is what is told, `taking` reads it from the store, `chart` draws the course of it, `page`
puts all into one HTML file.
"""

from hunter.survey.figures import Survey
from hunter.survey.page import page, written
from hunter.survey.taking import take

__all__ = ["Survey", "page", "take", "written"]
