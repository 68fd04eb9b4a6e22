"""Chats of an invented district, with what is true of them: `python examples/chats.py --out DIR --seed 1`.

One administrator with 35 groups, one of which has 217 members with numbers of seven other countries; a seller who is
paid by UPI; and bystanders, most of all whose telephone was read. They talk about boats and nets. `--forms` writes the
same happenings as other programs keep them; `truth.json` says what happened, and what each source could know of it. The
same seed makes the same, but for the salt of a database's write-ahead log.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from chat_world.forms import WRITERS
from chat_world.truth import Written, tell
from chat_world.world import GROUPS, make


def write(out: Path, seed: int, forms: list[str], groups: int = GROUPS) -> list[Written]:
    """Write the sources, and `truth.json` beside them."""
    out.mkdir(parents=True, exist_ok=True)
    world = make(seed, groups)
    written = [source for form in forms for source in WRITERS[form](world, out)]
    (out / "truth.json").write_text(json.dumps(tell(world, written), ensure_ascii=False, indent=1), encoding="utf-8")
    return written


def main() -> None:
    """Write them where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--groups", type=int, default=GROUPS, help="how many groups there are (%(default)s)")
    parser.add_argument("--forms", nargs="+", choices=[*WRITERS, "all"], default=["whatsapp-text"], metavar="FORM")
    asked = parser.parse_args()
    written = write(asked.out, asked.seed, list(WRITERS) if "all" in asked.forms else asked.forms, asked.groups)
    print(f"{sum(len(source.messages) for source in written)} chats in {asked.out}")


if __name__ == "__main__":
    main()
