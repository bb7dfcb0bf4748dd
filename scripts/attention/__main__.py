"""`scripts/author-attention [--verify] [name …]`: makes the data of the course's models, or verifies what is there."""

import argparse
import sys
import time

import torch
from scripts.attention.models import author_model, verify_model
from scripts.attention.recipes import RECIPES
from scripts.attention.tables import AUTHOR, VERIFY


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/author-attention", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        choices=[*AUTHOR, *RECIPES, []],
        metavar="name",
        help=f"{', '.join([*AUTHOR, *RECIPES])}; none: all",
    )
    parser.add_argument("--verify", action="store_true", help="recompute what follows from the weights, and compare")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    wrong = []
    for name in arguments.names or [*AUTHOR, *RECIPES]:
        begin = time.process_time()
        if arguments.verify:
            wrong += VERIFY[name]() if name in VERIFY else verify_model(name)
        elif name in AUTHOR:
            AUTHOR[name]()
        else:
            author_model(name)
        print(f"{name}: {time.process_time() - begin:.1f} s of CPU time", flush=True)
    print("\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
