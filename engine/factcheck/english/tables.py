"""Closed lists of English: abbreviations, calendar words, pronouns, particles, number words and common words.

Every list is in lower case without the stop. The reference page prints them, so each stays short enough to be read;
the one long list, the common words, is the file `common.txt` beside this module.
"""

from functools import cache
from pathlib import Path
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Inflection ----------------------------------------------------------------------------------------------------------

INVARIABLE: Final = _words(
    "a about above across after against ago all along already also although always am amid amidst among amongst an and "
    "any are around as at away because been before behind below beneath beside besides between beyond both "
    "could despite during each either else enough especially etc ever every except for from hence here however in "
    "indeed instead into is it itself lest maybe meanwhile might moreover must neither never nevertheless nonetheless "
    "nor not of off often on onto or ought perhaps per quite rather regardless seldom should since so some "
    "somehow somewhat such than that the their them then there thereby therefore these they this those though "
    "throughout thus till to together too toward towards unless until unto upon versus very via was we were what "
    "whatever when whenever where whereas whereby wherever whether which whichever while who whoever whom whose why "
    "with within without would yet"
)
"""Words without inflection, that nobody takes for a noun or a verb: a `~` behind one is a slip. Judged, not counted."""

# Abbreviations --------------------------------------------------------------------------------------------------------

TITLES: Final = _words(
    "adm brig capt cllr cmdr col cpl dr fr gen gov hon insp lt maj messrs mlle mme mr mrs ms mt pres prof rep rev sen "
    "sgt st supt"
)
"""Abbreviations that stand before a name, written with a capital: no sentence ends after one."""

CAPITALISED_ABBREVIATIONS: Final = TITLES | _words(
    "ala apr ariz ark aug calif colo conn dec del feb fla fri ga ill ind jan jul jun kan ky la mar mass md mich minn "
    "miss mo mon mont neb nev nov oct okla ore pa penn sep sept tenn tex thu tue va vt wash wed wis wyo"
)
"""Titles, months, days and states: they keep their stop only when written with a capital."""

ABBREVIATIONS: Final = _words(
    "al approx assn assoc ave bln blvd bros cf cie co corp dept dist div dlrs eds esq est etc ft govt inc incl intl "
    "jr ltd mln natl pct ph plc pvt rd resp ret sq sr st ste stg tel univ viz vs"
)
"""Abbreviations that keep their stop wherever they stand, in any case."""

NUMBERED_ABBREVIATIONS: Final = _words("art b c ca cap ch d fig figs no nos nr op p para paras pp sec secs v vol vols")
"""Abbreviations that keep their stop only before a digit (`no. 4`, `p. 12`)."""

# The calendar ---------------------------------------------------------------------------------------------------------

WEEKDAYS: Final = _words("friday monday saturday sunday thursday tuesday wednesday")
"""Names of the days of the week."""

MONTHS: Final = _words("april august december february january july june march may november october september")
"""Names of the months."""

MONTH_NAMES: Final = _words("april august june march may")
"""Months that people are called by."""

SHORT_MONTHS: Final = _words("apr aug dec feb jan jul jun mar nov oct sep sept")
"""Months cut short, with or without their stop."""

# Names ----------------------------------------------------------------------------------------------------------------

PRONOUNS: Final = _words(
    "he her hers herself him himself his i it its itself me mine my myself one oneself our ours ourselves she their "
    "theirs them themselves they us we who whom whose you your yours yourself yourselves"
)
"""Personal, possessive, reflexive and relative pronouns: never a name, however written."""

HEARSAY: Final = _words("allegedly apparently purportedly reportedly reputedly supposedly")
"""Adverbs that are no part of a name, however they are written: `Reportedly Ada Voss said`."""

CONNECTORS: Final = _words("& and de for of the")
"""Words that may stand inside a name in lower case."""

PARTICLES: Final = _words("bin da dal de del della den der di dos du el ibn la las le los o ten ter van von y zu")
"""Particles of family names that may stand inside a name in lower case."""

# Numbers --------------------------------------------------------------------------------------------------------------

NUMBER_WORDS: Final = _words(
    "eight eighteen eighty eleven fifteen fifty five forty four fourteen nine nineteen ninety one seven seventeen "
    "seventy six sixteen sixty ten thirteen thirty three twelve twenty two"
)
"""Words that a number in words begins with; tens and units may be joined by a hyphen."""

COMPOUND_NUMBERS: Final = frozenset(f"{tens}-{units}" for tens in NUMBER_WORDS for units in NUMBER_WORDS)
"""All pairs of them, which is plainer than to tell which make sense."""

SCALES: Final = _words("billion bln bn dozen hundred million mln mn thousand tn trillion")
"""Words that multiply the number before them."""

CURRENCIES: Final = _words(
    "cent cents crowns dinar dinars dirham dirhams dlr dlrs dollar dollars euro euros franc francs krona kroner lira "
    "marks peso pesos pound pounds rand renminbi riyal riyals rouble roubles ruble rubles rupee rupees shekel shekels "
    "stg yen yuan zloty"
)
"""Names of currencies, as they follow an amount."""

CURRENCY_CODES: Final = _words("aud cad chf cny eur gbp hkd inr jpy usd")
"""Codes of currencies, which stand before an amount or after it."""

SIGN_COUNTRIES: Final = _words("a c hk nz s us")
"""Letters that touch a currency's sign, to say of which country it is: `HK$5`."""

AMERICAN: Final = _words("u.s. us")
"""Words between an amount and its currency: `5 million US dollars`."""

PERCENT: Final = _words("pct percent")
"""Words that make the number before them a percentage."""

PERCENTAGES: Final = PERCENT | _words("cent per percentage point points")
"""Those, and the words of `per cent` and `percentage points`."""

# Classes of words by their ending -------------------------------------------------------------------------------------

NOT_ADVERBS: Final = _words(
    "ally anomaly apply assembly belly bubbly bully burly butterfly comply costly cowardly curly daily deadly dolly "
    "early elderly family fly folly friendly ghastly gully hilly holly holy homely hourly imply italy jelly jolly "
    "july kelly leisurely likely lily lively lonely lovely manly melancholy misapply molly monopoly monthly multiply "
    "neighborly neighbourly orderly panoply ply poly prickly quarterly rally rely reply resupply scholarly silly sly "
    "smelly sully supply surly tally ugly unfriendly unlikely unruly weekly wily woolly worldly yearly"
)
"""Words in -ly that are no adverbs. (`early` and `daily` are adjectives at least as often.)"""

NOT_PARTICIPLES: Final = _words(
    "alien allen allergen anything aspen awaken barren beijing biden bleed boeing breed brethren brighten bring "
    "broaden burden ceiling chicken children christen citizen cling clothing creed dampen darken darling deepen dozen "
    "duckling dumpling during earring eleven embed enlighten evening everything exceed farthing fasten feed flatten "
    "fling freshen frighten garden glisten golden greed hamstring happen harden hasten hatred haven heaven heighten "
    "helen herring hundred hydrogen indeed infrared inkling inning karen kindred kitchen kitten lauren lengthen "
    "lessen lighten lightning linen listen loosen maiden mitten moisten moped morning naked nitrogen nothing "
    "offspring often open oven oxygen pathogen plaything proceed pudding quicken raven reopen ripen sacred "
    "sadden seedling seven sharpen shilling shoestring shorten sibling siren sling soften something speed spring "
    "steed sterling steven stiffen sting stocking straighten strengthen string succeed sudden sullen sweden sweeten "
    "swing then thicken thing threaten tighten token toughen tweed viking vixen warden warren weaken wedding when "
    "wicked widen wooden woollen worsen wretched wring wyoming"
)
"""Words in -ed, -en and -ing that are no participles, besides those in -men and -een (`women`, `nineteen`)."""

IRREGULAR_PARTICIPLES: Final = _words(
    "aged been begun bent bet bid bled born borne bought bound bred brought built burnt burst cast caught clung come "
    "cost crept cut dealt died done drawn dreamt drunk dug dwelt dyed eyed fed felt fled flown flung foregone "
    "foreseen forgone forgot fought found gone got ground grown heard held hid hit hung hurt kept knelt known laid "
    "lain leapt learnt led left lent let lied lit lost made meant met misled mown outdone outgrown overcome overdone "
    "overrun overseen overthrown owed paid put quit read rebuilt redone resold rid run said sawn seen sent set sewn "
    "shed shone shorn shot shown shrunk shut slain slept slid slit smelt sold sought sown sped spelt spent spilt spit "
    "split spoilt spread sprung spun stood struck stuck stung sued sung sunk swept swollen sworn swum swung taught "
    "thought thrown tied told torn undergone understood undone unforeseen unseen upheld upset used vied withdrawn "
    "withheld withstood won worn wound wrung"
)
"""Past participles that do not end in -ed or -en, and those that do but are too short to tell."""

# Sentences and quotations ---------------------------------------------------------------------------------------------

OPENERS: Final = _words(
    "a after all although an and another any as at because before but by despite did do does during each every few "
    "for from had has have he her here his how however i if in is it its many meanwhile more most my no not now of on "
    "once one or our she since so some such that the their then there these they this those though to under unless "
    "until was we were what when where whether which while who why will with yet you your"
)
"""Words that open a sentence and are no part of a name: after `Inc.` or `U.S.` one of them starts the next sentence."""

REPORTING: Final = _words(
    "added adds admitted agreed announced answered argued ask asked asks called claimed concluded continued cried "
    "declared demanded exclaimed explained insisted joked noted observed quipped recalled replied reply responded "
    "said say says screamed shouted sighed snapped stated tells thought told tweeted urged warned whispered wondered "
    "wrote yelled"
)
"""Verbs in the words around a quotation: a quotation's question mark before `Smith asked.` ends no sentence."""

ADJUNCTS: Final = _words("after as at before during from in inside on outside to when while with")
"""Words after such a verb that go on with the words around a quotation: `Smith shouted at reporters.`."""

TIME_ZONES: Final = _words("bst cet cst edt est et gmt mst pdt pst pt utc")
"""What may follow a time of day in its sentence, besides days and months: `5 p.m. GMT`."""

ELISIONS: Final = _words("bout cause cos em n nother round til till tis twas twere twill twixt")
"""Words that begin with an apostrophe, given without it: after one of these marks no quotation opens."""


RELATIVES: Final = _words("where which who whose")
"""Words that open a relative clause after a comma."""

NOUN_ENDS: Final = _words("at briefed by close familiar for from in involved of on with")
"""Words that say more about the noun before them: who a phrase names stands before one."""

QUANTITIES: Final = _words(
    "all both couple dozens few group hundreds many most number one scores several some thousands three two"
)
"""Words before `of` that say how many: who the phrase names comes after it."""

PLURALS: Final = _words("both children few many men most others people several some women youths")
"""Words for more than one that do not show it by their ending: nobody of these is a `he`."""

INDEFINITES: Final = _words("a an another any one some")
"""Words before somebody whom the text does not point out: `a councillor`."""

STOPPED: Final = (TITLES, SHORT_MONTHS, _words("a.m e.g etc i.e p.m"))
"""Tables of words that also stand with the stop that belongs to them."""

WORDS: Final = (
    *(TITLES, CAPITALISED_ABBREVIATIONS, ABBREVIATIONS, NUMBERED_ABBREVIATIONS, WEEKDAYS, MONTHS, SHORT_MONTHS),
    *(PRONOUNS, HEARSAY, CONNECTORS, PARTICLES, NUMBER_WORDS, COMPOUND_NUMBERS, SCALES, CURRENCIES, CURRENCY_CODES),
    *(SIGN_COUNTRIES, AMERICAN, PERCENTAGES, NOT_ADVERBS, NOT_PARTICIPLES, IRREGULAR_PARTICIPLES),
    *(OPENERS, REPORTING, ADJUNCTS, TIME_ZONES, ELISIONS, RELATIVES, NOUN_ENDS),
    *(QUANTITIES, PLURALS, INDEFINITES),
)
"""All tables of words, but for the common ones."""


@cache
def common() -> frozenset[str]:
    """Words that are no names at a sentence's start: counted in news, mostly written in lower case mid-sentence."""
    return frozenset(Path(__file__).with_name("common.txt").read_text("utf-8").split())
