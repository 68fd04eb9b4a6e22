"""Who there is: one administrator, one seller, one bystander whose telephone was read, and everybody else.

Numbers are of ranges kept for fiction (Ofcom, NANPA, ACMA, ComReg, ARCEP, PTS, BNetzA), or of India and plainly none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGE = 217
"""Members of the first group."""
FOREIGN = (
    "+44 7700 900{:03}",
    "+1 555 010 0{:03}",
    "+61 491 570 {:03}",
    "+353 20 910 0{:03}",
    "+33 6 39 98 0{:03}",
    "+46 70 174 0{:03}",
    "+49 30 2312 5{:03}",
)
INDIAN = "+91 00000 0{:04}"
_FIRST = ("Anil", "ബിന്ദു", "Chitra", "Devan", "Elsa", "Faisal", "गीता", "Hari", "Indira", "Jaya", "Kiran", "Latha")
_SECOND = (
    "Kadavil",
    "Puzha",
    "Thoni",
    "Vala",
    "Meen",
    "Karayil",
    "Thurath",
    "Kayal",
    "Manal",
    "Odam",
    "Chira",
    "Alakal",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented.

    Attributes:
        number: unlike that of anybody else, and the end of all their numbers elsewhere.
        name: as they call themselves.
        phone: as a telephone shows it.
        saved: whether it stands in the address book of the telephone that is read.
    """

    number: int
    name: str
    phone: str
    saved: bool = False

    @property
    def digits(self) -> str:
        """The telephone number without signs."""
        return "".join(filter(str.isdigit, self.phone))

    @property
    def telegram(self) -> int:
        """Number of the account at Telegram."""
        return 6_000_000_000 + self.number

    @property
    def lid(self) -> str:
        """What WhatsApp calls somebody whose number it hides."""
        return str(20_000_000_000_000 + self.number * 37)

    @property
    def discord(self) -> str:
        """Number of the account at Discord."""
        return str(900_000_000_000_000_000 + self.number)

    @property
    def email(self) -> str:
        """An address in a domain kept for examples (RFC 2606)."""
        return f"fisher{self.number}@example.org"

    @property
    def shown(self) -> str:
        """As WhatsApp shows them on the telephone that is read."""
        return self.name if self.saved else self.phone


ADMIN = Person(1, "Asha Boats", INDIAN.format(1), saved=True)
SELLER = Person(2, "Net Seller", INDIAN.format(2), saved=True)
READ = Person(3, "Meera Shore", INDIAN.format(3))
"""A bystander: most exports are of this telephone, which calls its owner "You"."""
HELPERS = tuple(Person(n, f"{_FIRST[n]} Helper", INDIAN.format(n), saved=True) for n in range(4, 8))
"""They are in several groups."""


def members_of(group: int, size: int) -> Iterator[Person]:
    """So many who are in this group only; the first one has some from seven other countries."""
    abroad = [form.format(n) for form in FOREIGN for n in range(100, 109)] if group == 0 else []
    for n in range(size):
        phone = abroad[n] if n < len(abroad) else INDIAN.format(100 + 250 * min(group, 1) + 30 * group + n)
        number = 1000 * (group + 1) + n
        yield Person(number, f"{_FIRST[n % 12]} {_SECOND[n // 12 % 11]} {number}", phone)
