"""Lists that others publish, read from bytes. Knows no network and no clock."""
