"""The people of the demo. All are invented."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.enums import StaffRole
from foundation.confidentiality import SystemActor

PASSWORD = "quiet-river-2026"  # of every account of the demo; it guards nothing
DOMAIN = "demo.example"
DEMO = SystemActor("demo")  # who does what nobody of the cast did


@dataclass(frozen=True)
class Person:
    """An account: `box`@demo.example, the name, the language, the zone, the staff roles."""

    box: str
    name: str
    language: str
    zone: str
    roles: tuple[StaffRole, ...] = ()

    @property
    def email(self) -> str:
        """Return the address."""
        return f"{self.box}@{DOMAIN}"


# The eight with a button each, in the order of the page: the box is the word of the role.
BUTTONS = (
    Person("representative", "Adaeze Lindqvist", "en", "Africa/Nairobi"),
    Person("contributor", "Joel Marangu", "en", "Africa/Nairobi"),
    Person("expert", "Selma Hartono-Weiss", "en", "Asia/Jakarta"),
    Person("coordinator", "Inés Valderrama Quispe", "en", "America/La_Paz"),
    Person("officer", "Kofi Brandsæter", "en", "America/New_York", (StaffRole.ENGAGEMENT_OFFICER,)),
    Person("approver", "Marguerite Oyelaran", "en", "America/New_York", (StaffRole.APPROVER,)),
    Person("auditor", "Tomasz Achebe", "en", "Europe/Vienna", (StaffRole.AUDITOR,)),
    Person("administrator", "Leilani Kovač", "en", "America/New_York", (StaffRole.ADMINISTRATOR,)),
)
OTHERS = (
    Person("second.approver", "Dae-jung Ferreira", "en", "Asia/Seoul", (StaffRole.APPROVER,)),
    Person("second.coordinator", "Rania Salhi-Bergström", "fr", "Africa/Tunis"),
    Person("layla", "ليلى الحدّاد", "ar", "Asia/Amman"),
    Person("moussa", "Moussa Kéïta-Brun", "fr", "Africa/Bamako"),
    Person("carmen", "Carmen Ayllón Mamani", "es", "America/La_Paz"),
    Person("aigerim", "Айгерим Северова", "ru", "Asia/Almaty"),
    Person("xiaohe", "林晓禾", "zh-hans", "Asia/Kuala_Lumpur"),
    Person("benigno", "Benigno Salonga", "en", "Asia/Manila"),
    Person("efua", "Efua Mensah-Ortega", "en", "Africa/Accra"),
    Person("marta", "Marta Icaza Bejarano", "es", "America/Panama"),
    Person("pemba", "Pemba Gurung-Hale", "en", "Asia/Kathmandu"),
    Person("awa", "Awa Diédhiou", "fr", "Africa/Dakar"),
    Person("sahar", "سحر النجّار", "ar", "UTC"),
    Person("timur", "Тимур Ольховский", "ru", "Asia/Bishkek"),
)
EVERYONE = (*BUTTONS, *OTHERS)

# The role of the page roles.py that a button shows; a box may be shorter than the role's word.
WORDS = {"officer": "engagement_officer"}
