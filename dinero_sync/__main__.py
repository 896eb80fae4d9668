"""Entry point of ``python -m dinero_sync``."""

from dinero_sync.cli import main

if __name__ == "__main__":
    main()
