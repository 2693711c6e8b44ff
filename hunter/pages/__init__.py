"""Web pages as bytes: read and compared, never executed. Knows no network."""
