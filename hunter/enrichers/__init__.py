"""Who is behind a name: one file per enricher, see `hunter.contracts.Enricher`."""
