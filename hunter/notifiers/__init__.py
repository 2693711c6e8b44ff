"""How people are told: one file per channel, see `hunter.contracts.Notifier`."""
