"""The instant at which the tests' clock stands."""

import datetime as dt

# Later than all that the bundled record holds.
NOW = dt.datetime(2026, 12, 1, 12, 0, tzinfo=dt.UTC)
