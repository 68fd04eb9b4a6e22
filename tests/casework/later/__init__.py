"""An app of a later version, for tests of upgrades: `KAVALAN_LATER` names it to `settings_of_later`."""
