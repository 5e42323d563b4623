import sys

from tests.bench import comparison

sys.stdout.write(comparison.report())
