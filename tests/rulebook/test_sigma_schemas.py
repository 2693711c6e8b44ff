"""The official JSON schemas of Sigma accept what hunter ships and proposes.

They are not part of this project: HUNTER_SIGMA_SCHEMAS names a folder that holds those of
https://github.com/SigmaHQ/sigma-specification, `json-schema/`.
"""

import json
import os
from pathlib import Path

import pytest
import yaml

from tests.world.json_schema import CHECKS, complaints

RULES = Path(__file__).parents[2] / "rules"
OFFICIAL = Path(os.environ.get("HUNTER_SIGMA_SCHEMAS", ""))
FILES = {
    "detection": "sigma-detection-rule-schema.json",
    "correlation": "sigma-correlation-rules-schema.json",
    "filter": "sigma-filters-schema.json",
}
given = pytest.mark.skipif(
    not (OFFICIAL / FILES["detection"]).is_file(), reason="HUNTER_SIGMA_SCHEMAS is not set"
)


def known(schema):
    """The schema without what does not constrain: a validator passes over unknown keywords."""
    kept = {}
    for keyword, value in schema.items():
        if keyword in ("properties", "patternProperties"):
            kept[keyword] = {name: known(one) for name, one in value.items()}
        elif keyword in ("anyOf", "oneOf", "allOf"):
            kept[keyword] = [known(one) for one in value]
        elif keyword in CHECKS or keyword in ("then", "else"):
            kept[keyword] = known(value) if isinstance(value, dict) else value
    return kept


DOCUMENTS = [
    pytest.param(data, id=path.stem)
    for path in sorted(RULES.glob("*.yml"))
    for data in yaml.safe_load_all(path.read_text(encoding="utf-8"))
]


@given
@pytest.mark.parametrize("data", DOCUMENTS)
def test_a_shipped_document_is_accepted(data):
    """By the schema of its kind: rule, correlation or filter."""
    (kind,) = FILES.keys() & data.keys()
    schema = json.loads((OFFICIAL / FILES[kind]).read_text(encoding="utf-8"))
    assert complaints(data, known(schema)) == []


@given
def test_the_schemas_are_not_deaf():
    """What is wrong is refused: else the test above would say nothing."""
    schema = known(json.loads((OFFICIAL / FILES["detection"]).read_text(encoding="utf-8")))
    assert complaints({"title": "x", "logsource": {}}, schema)
    sound = {"title": "x", "logsource": {}, "detection": {"condition": "x"}}
    assert not complaints(sound, schema)
    assert complaints({**sound, "level": "grave"}, schema)
    assert complaints({**sound, "date": "2026-1-1"}, schema)
