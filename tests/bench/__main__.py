import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from tests.bench import comparison, searching, timelines

asked = sys.argv[1:] or ["comparison", "timelines", "searching"]
if "comparison" in asked:
    sys.stdout.write(f"{comparison.report()}\n")
for name, measure in (("timelines", timelines), ("searching", searching)):
    for line in measure.report() if name in asked else ():
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
