"""How cases are handed on: one file per format, see `hunter.contracts.Export`."""
