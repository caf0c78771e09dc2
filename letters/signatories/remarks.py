"""Why a line is doubtful, or what was seen in it: fixed sentences, so that a page can translate them."""

from dataclasses import dataclass, field


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; this package does without Django."""
    return sentence


NO_COUNTRY = gettext_noop("no country is stated")
UNCLEAR_KIND = gettext_noop("it is not clear whether a person or an organization signs")
UNCLEAR_PERSON = gettext_noop("the name of the person is uncertain")
UNCLEAR_ROLE = gettext_noop("where the role ends and the organization begins is uncertain")
UNCLEAR_ORGANIZATION = gettext_noop("the name of the organization is uncertain")
UNCLEAR_ACRONYM = gettext_noop("the acronym is uncertain")
UNCLEAR_PLACE = gettext_noop("the place is uncertain")
CONTESTED = gettext_noop(
    "the place is kept as stated; no country is derived from it, or it is disputed"
)
SEVERAL_NAMES = gettext_noop("the line names more than one organization")
FORMER_POST = gettext_noop("a former post, not an organization that signs")
PERSONAL = gettext_noop("in a personal capacity")
ON_BEHALF = gettext_noop("signs on behalf of an organization")
PERSON_OF_BODY = gettext_noop("the organization signs, through the person named")
OFFICE = gettext_noop("an office of the organization is stated")
ACRONYM_ONLY = gettext_noop("the organization is given by its acronym only")
CONTACT_DROPPED = gettext_noop("an address for mail or the web was left out")
BILINGUAL = gettext_noop("the name is given in two languages")
UNDER_HEADING = gettext_noop("the country is that of the heading above the line")
WITHHELD = gettext_noop("the name is withheld")
NOT_READ = gettext_noop("the line could not be read as a signatory")
TOO_LONG = gettext_noop("the line is unusually long")


@dataclass
class Doubts:
    """Collects remarks and keeps the lowest confidence that they allow (0–1)."""

    ceiling: float = 0.95
    remarks: list[str] = field(default_factory=list)
    ceilings: dict[str, float] = field(default_factory=dict)

    def note(self, remark: str, ceiling: float = 1.0) -> None:
        """Add a remark; the confidence is at most `ceiling` from now on."""
        if remark not in self.remarks:
            self.remarks.append(remark)
        self.ceilings[remark] = min(self.ceilings.get(remark, 1.0), ceiling)
        self.ceiling = min(self.ceiling, ceiling)
