"""hunter finds lookalikes of the domains a campaign protects."""

__version__ = "0.1.0"
