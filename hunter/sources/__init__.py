"""Where names come from: one file per source, see `hunter.contracts.Source`."""
