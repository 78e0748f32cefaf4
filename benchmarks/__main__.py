"""`python -m benchmarks [NAME…]` runs every module beside this one, or those named."""

import pkgutil
import sys
from importlib import import_module

import benchmarks


def main(names: list[str]) -> None:
    """Run what has a `run`, one after the other, so that they do not slow each other down."""
    found = [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]
    for name in names or [each for each in found if not each.startswith("_")]:
        module = import_module(f"benchmarks.{name}")
        if hasattr(module, "run"):
            print(name, "-", (module.__doc__ or "").partition("\n")[0], end="\n\n")
            module.run()
            print()


if __name__ == "__main__":
    main(sys.argv[1:])
