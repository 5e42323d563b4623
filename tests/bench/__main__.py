import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from tests.bench import comparison, timelines

asked = sys.argv[1:] or ["comparison", "timelines"]
if "comparison" in asked:
    sys.stdout.write(f"{comparison.report()}\n")
if "timelines" in asked:
    for line in timelines.report():
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
