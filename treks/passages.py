"""The sentences of the public pages that stand in no record: as they came, until staff write their own."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Came:
    """The texts of one page as they came with the site, in simple HTML."""

    page: str
    texts: dict


PAGES = {
    "home": Came(
        _("Home"),
        {
            "title": _("Four days on foot to Machu Picchu"),
            "description": _(
                "The Lares Trek to Machu Picchu: weaving villages, hot springs and one high pass, without"
                " a trail permit."
            ),
            "headline": _("Four days on foot<br>through weaving villages<br>to Machu Picchu"),
            "lead": _(
                "From hot springs over a pass of about 4,450&nbsp;m to a camp by a lagoon, then down to "
                "the train. Far quieter than the Inca Trail, and the trail needs no permit."
            ),
            "before": _("Before you book"),
            "before_lead": _("Six things we would rather tell you now."),
            "weave": _("People live here, and weave here"),
            "weave_text": _(
                "In Huacahuasi the loom is tied to the waist. In Patacancha two cooperatives of women "
                "weave and the village dresses in red. Quechua is the first language of almost everyone "
                "in Lares district."
            ),
            "weave_words": _(
                'You say <i lang="qu">allillanchu</i>, how are you; the answer is <i '
                'lang="qu">allillanmi</i>, I am fine.'
            ),
            "night": _("The second night is at about 4,200 m"),
            "night_text": _(
                "Tents by the Ipsaycocha lagoon. Our estimate for a June night is about −4&nbsp;°C. Bring"
                " a sleeping bag rated to −7&nbsp;°C, or rent one."
            ),
            "before_1": _("Two days in Cusco first"),
            "before_1_text": _(
                "Three if you come from sea level. You sleep at about 3,800 and 4,200 m. Ask a doctor if "
                "you have ever been ill at altitude; this is not medical advice."
            ),
            "before_2": _("No permit, but two tickets"),
            "before_2_text": _(
                "The trail needs no permit, so you walk at your own pace. Machu Picchu and the train are "
                "sold by name, with your passport number."
            ),
            "before_3": _("A name is final"),
            "before_3_text": _("After we buy your tickets, the name and the date on them cannot be changed."),
            "before_4": _("April to October"),
            "before_4_text": _("May to August is the driest. The rains come from November to March."),
            "before_5": _("Hot springs on day one"),
            "before_5_text": _(
                "You soak in the mineral pools of Lares before the first steps. One of our treks ends "
                "there instead."
            ),
            "before_6": _("Your guide is local"),
            "before_6_text": _("Hiring a local guide supports community tourism."),
        },
    ),
    "when_to_go": Came(
        _("When to go"),
        {
            "title": _("When to go: weather and crowds on the Lares Trek, month by month"),
            "description": _(
                "The best season for the Lares Trek is April to October, the driest months are May to "
                "August. Nights, rain, crowds and departures of every month."
            ),
            "lead": _(
                "Best from April to October; driest from May to August, when the nights are coldest; most "
                "people come from May to September. The rains last from November to March."
            ),
            "source": _(
                "Cusco: long-term averages, at about 3,300 to 3,400 m. Nights at Huacahuasi and at the "
                "lagoon: our estimate from Cusco's, 0.65 °C colder every 100 m. We found no monthly "
                "figures for Lares itself, so take them as a hint."
            ),
            "months_1": _("April and October"),
            "months_1_text": _("The edges of the dry season: some showers, milder nights, fewer people."),
            "months_2": _("May to September"),
            "months_2_text": _(
                "High season. Clear days, and frost at the camp on many nights. Train seats and Machu "
                "Picchu tickets sell out first: book early."
            ),
            "months_3": _("November to March"),
            "months_3_text": _(
                "Rain, most of all in January and February. We run few departures; rain clothes are not "
                "optional."
            ),
            "months_4": _("February"),
            "months_4_text": _(
                "The Inca Trail is closed all month, so our trek that ends on it does not run. The Lares "
                "path stays open."
            ),
            "feasts": _("A reason to come on a certain day, or to book a bed early."),
        },
    ),
    "words": Came(
        _("Words"),
        {
            "title": _("Words in Quechua for the Lares valley"),
            "description": _(
                "Greetings and words in the Quechua of Cusco, with Spanish and English; what the place "
                "names mean."
            ),
            "lead": _(
                "In Lares district 94.9 % of the people learned Quechua before any other language (census"
                ' 2007). Begin with a greeting: the question is <i lang="qu">allillanchu</i>, how are '
                'you, and the answer <i lang="qu">allillanmi</i>, I am fine.'
            ),
            "names": _("Where we found no reliable meaning, we give none."),
        },
    ),
    "trek": Came(
        _("Each trek"),
        {
            "goes": _("Where it goes"),
            "goes_text": _(
                "Fees go on as they are: Machu Picchu S/152, its bus $12 a ride; the hot springs S/15; the "
                "train seats. The rest pays your guide, the cook, the horsemen and their mules, beds, "
                "food, the van and our office."
            ),
            "goes_text_valley": _(
                "The entry to the hot springs, S/15, goes on as it is. The rest pays your guide, the cook, "
                "the horsemen and their mules, the camp, food, the van and our office."
            ),
            "people": _("Villages and people"),
            "people_text": _(
                "Ask before you photograph anyone, and buy a textile from the person who wove it."
            ),
            "sleep_text": _("The height of your bed matters more than the height of the pass."),
            "ill_text": _(
                "No alcohol, sleeping pills or hard effort in the first 48 hours. Walk slowly, drink water, "
                "eat light. If you feel ill up here, treat it as altitude illness until someone shows it is "
                "not: never climb with symptoms, and go down at once if they get worse. The team carries "
                "oxygen and a first-aid kit and brings an emergency horse."
            ),
            "sources_text": _(
                "Rules from the Wilderness Medical Society (2024) and CDC. This is not medical advice: ask a "
                "doctor, above all if you have been ill at altitude before, because that raises the risk."
            ),
            "extras_text": _(
                "Nothing here is a must, as long as you bring a warm sleeping bag. You choose when you book, "
                "or later by message."
            ),
            "packing_text": _("A mule carries 7 kg for you; the rest is your day pack."),
        },
    ),
    "places": Came(
        _("The valley"),
        {
            "title": _("Villages, hot springs and passes of the Lares valley"),
            "description": _(
                "Every place on and beside the Lares Trek: villages, hot springs, passes and lagoons, "
                "with altitudes and other spellings."
            ),
            "lead": _(
                "Living Andean communities, hot springs, passes and lagoons, by kind: first what the "
                "classic trek comes by, in its order, then the rest. Strips start at 1,500 m: longer is "
                "higher, and the same ink is the same height."
            ),
            "about": _(
                "“About” means that sources disagree or that we estimate. Quechua names are written in "
                "several ways; the search finds all of them."
            ),
            "language": _(
                "Quechua is spoken in the high villages; in Lares district 94.9 % learned it before any "
                "other language (census 2007)."
            ),
            "guides": _("Our guides speak Quechua, Spanish and English."),
            "guest": _(
                "Greet first. Ask before you photograph people. Buy a textile from the person who wove it, "
                "at the price asked. Do not give sweets or money to children."
            ),
        },
    ),
    "treks": Came(
        _("Treks"),
        {
            "description": _(
                "The treks through the Lares valley side by side: days, kilometers, highest point, "
                "highest night, grade and price."
            ),
            "lead": _(
                "Every trek below goes through the Lares valley, past villages where Quechua is spoken "
                "and wool is woven."
            ),
        },
    ),
    "compare": Came(
        _("Compare the treks"),
        {
            "description": _(
                "Length, highest night, hardest day, villages, hot springs, permit, price and the next "
                "date of every trek through the Lares valley, in one table."
            ),
            "lead": _(
                "The same questions to every trek. If the altitude worries you, look at the highest night"
                " first; if your time is short, at the days."
            ),
        },
    ),
    "departures": Came(
        _("Dates and prices"),
        {
            "description": _(
                "Every departure of the Lares treks by month, with its price and the seats that are left,"
                " filtered by trek, month and the size of your party."
            ),
        },
    ),
    "contact": Came(
        _("Ask us"),
        {
            "description": _(
                "Write to the office in Cusco about a date, a trek or anything else; or call, or use "
                "WhatsApp."
            ),
            "lead": _(
                "A person in Cusco reads every message and answers by e-mail. Asking costs nothing and "
                "holds no seat."
            ),
        },
    ),
    "prepare": Came(
        _("Before you go"),
        {
            "title": _("Before you go: altitude, packing, bags and papers"),
            "description": _(
                "How to prepare for the Lares Trek: two days in Cusco first, what to pack, how heavy the "
                "bags may be, which papers are checked, whom to call."
            ),
        },
    ),
    "packing": Came(
        _("Packing list"),
        {
            "description": _(
                "What to bring on the Lares Trek, month by month: what you have, what you can rent from "
                "us, and the three limits for bags. To print."
            ),
            "lead": _(
                "Tick what you have and what you would rather rent. What is left is what you still have "
                "to get."
            ),
        },
    ),
    "acclimatization": Came(
        _("Altitude check"),
        {
            "title": _("Acclimatization check: are your days in Cusco enough?"),
            "description": _(
                "Enter when you arrive and where you sleep: the page sets your nights beside the 2024 "
                "table of altitude risk, and shows which departures fit. Not medical advice."
            ),
            "lead": _(
                "Your dates, the height of every bed, and what a published table of altitude risk says "
                "about them. We never recommend fewer than 2 days in Cusco; 3 are better if you come from "
                "sea level."
            ),
        },
    ),
}
PASSAGES = {f"{name}.{key}": text for name, came in PAGES.items() for key, text in came.texts.items()}
