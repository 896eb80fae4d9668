"""Play the month."""

import sys
from pathlib import Path

from dinero_sync.sandbox.month.play import main

if __name__ == "__main__":
    sys.exit(main(Path(".demo/month")))
