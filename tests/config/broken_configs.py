"""Configurations with one mistake each, and what the person who made it should be told.

Each is the good one below with one place changed. Nothing here needs the environment, and no
service answers at the addresses.
"""

from dataclasses import dataclass

SHOP_KEY = "shop-key-that-nobody-may-see"
CLIENT_SECRET = "client-secret-that-nobody-may-see"
SECRETS = (SHOP_KEY, CLIENT_SECRET)

GOOD = f"""\
shoporama:
  base_url: http://127.0.0.1:9/REST
  api_key: {SHOP_KEY}
dinero:
  organization_id: 123456
  base_url: http://127.0.0.1:9
  auth:
    client_id: client-42
    client_secret: {CLIENT_SECRET}
sync:
  start_date: 2026-12-01
posting:
  rules:
    - name: EU businesses
      when: {{zone: eu, buyer: business}}
      account: 1100
payment_types:
  - name: Dankort
    when: {{gateway: "quickpay*"}}
    paid: true
    deposit_account: 55010
  - name: Faktura
    when: {{gateway_name: "Faktura*"}}
    paid: false
    payment_terms: {{type: Netto, days: 14}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenConfig:
    """A configuration with one mistake, and the one problem it must be refused with."""

    name: str
    text: str
    line: int
    key: str
    says: str
    """A part of the problem's message."""


START = "start_date: 2026-12-01"
EU = "{zone: eu, buyer: business}"
RULES = f"  rules:\n    - name: EU businesses\n      when: {EU}\n      account: 1100\n"
CARD = '{gateway: "quickpay*"}'
ORG = "organization_id: 123456"
URL = "base_url: http://127.0.0.1:9/REST"
TERMS = "{type: Netto, days: 14}"

# fmt: off
# Name; what the good configuration says; what is written instead; line, key and words of the
# problem. Two rows for each, because a table is read by its columns.
UNREADABLE = (
    ("a tab as indent", f"  {START}", f"\t{START}",
     11, "", "never with tabs"),
    ("quotes that never close", '"Faktura*"', '"Faktura*',
     23, "", "never closed"),
    ("a bracket that never closes", EU, "{zone: [eu, buyer: business}",
     15, "", "never closed"),
    ("a colon inside text", "name: EU businesses", "name: EU: businesses",
     14, "", 'text with ": " inside needs quotes'),
    ("a pattern without quotes", CARD, "{gateway: *pay}",
     19, "", 'like "*-GIFT"'),
    ("an anchor", "rules:", "rules: &rules",
     13, "", "are not used here"),
    ("a type", START, "start_date: !!str 2026-12-01",
     11, "", "types like !!str are not used here"),
    ("two documents", "sync:", "---\nsync:",
     10, "", "remove the line ---"),
    ("an escape that YAML doesn't know", ORG, 'state: "C:\\state"',
     5, "", "single quotes take it as it is"),
    ("an indent that fits nothing", "  auth:", "   auth:",
     7, "", "the indent is off"),
)
KEYS = (
    ("a key twice", START, f"{START}\n  start_date: 2027-01-01",
     12, "sync.start_date", "first on line 11"),
    ("a section twice", "payment_types:", "sync: {booking: draft}\npayment_types:",
     17, "sync", "first on line 10"),
    ("a list for a key", START, f"{START}\n  [a, b]: c",
     12, "sync", "must be one word"),
    ("a misspelt key", "deposit_account: 55010", "deposit_account: 55010\n    triger: paid",
     22, "payment_types[0].triger", 'did you mean "trigger"?'),
    ("a misspelt section", "posting:\n", "http: {}\npost: {}\nposting:\n",
     13, "post", 'did you mean "posting"?'),
    ("a key in the wrong section", START, f"{START}\n  calls_per_minute: 30",
     12, "sync.calls_per_minute", "belongs in dinero"),
    ("a section within another", START, f"{START}\n  http: {{}}",
     12, "sync.http", "belongs at the top"),
    ("an unknown key without a value", START, f"{START}\n  colour:",
     12, "sync.colour", "it takes trigger, start_date"),
    ("a field that no order has", "dinero:", "  fields: {paid_tme: paid_at}\ndinero:",
     4, "shoporama.fields.paid_tme", 'did you mean "paid_time"?'),
    ("a field by the name of another key", "dinero:", "  fields: {name: navn}\ndinero:",
     4, "shoporama.fields.name", "of this section; did you mean"),
    ("a key in brackets", START, f'{START}\n  "[key]": 1',
     12, "sync.…", "it takes trigger"),
    ("a field in brackets", "dinero:", '  fields: {"[key]": a}\ndinero:',
     4, "shoporama.fields.…", "is not a key"),
    ("no start date", START, "trigger: paid",
     10, "sync.start_date", "write for example `start_date: 2026-12-01`"),
    ("a start date without a value", START, "start_date:",
     11, "sync.start_date", "is missing"),
    ("no section with the start date", f"sync:\n  {START}\n", "",
     1, "sync.start_date", "is missing"),
    ("a rule without a name", "- name: EU businesses\n      when", "- when",
     14, "posting.rules[0].name", "is missing"),
    ("no key for the method", "client_id:", "method: api_key\n    client_id:",
     7, "dinero.auth.api_key", "method api_key needs it"),
    ("a name for a section", f"sync:\n  {START}", "sync: daily",
     10, "sync", "must be a section"),
    ("a section for a list", RULES, "  rules: {}\n",
     13, "posting.rules", 'each beginning with "- "'),
)
TYPES = (
    ("a number in quotes", ORG, 'organization_id: "123456"',
     5, "dinero.organization_id", "no quotes"),
    ("a number with a leading zero", "account: 1100", "account: 0110",
     16, "posting.rules[0].account", "no leading zero"),
    ("an account out of range", "account: 1100", "account: 1000000",
     16, "posting.rules[0].account", "must be at most 999999"),
    ("the account zero", "account: 1100", "account: 0",
     16, "posting.rules[0].account", "must be at least 1"),
    ("yes for true", "paid: true", "paid: yes",
     20, "payment_types[0].paid", "must be true or false"),
    ("true in quotes", "paid: true", 'paid: "true"',
     20, "payment_types[0].paid", "without quotes"),
    ("a number for text", ORG, "vat_number: 12345678",
     5, "dinero.vat_number", "is text when it stands in quotes"),
    ("text without a letter", "name: EU businesses", 'name: " "',
     14, "posting.rules[0].name", "must not be empty"),
    ("a list for text", "client_id: client-42", "client_id: [client-42]",
     8, "dinero.auth.client_id", "must be text"),
    ("a day the other way round", START, "start_date: 01-12-2026",
     11, "sync.start_date", "written like 2026-12-01"),
    ("a day that does not exist", START, "start_date: 2026-02-30",
     11, "sync.start_date", "the calendar doesn't have"),
    ("an address without https", URL, "base_url: http://www.shoporama.dk/REST",
     2, "shoporama.base_url", "must begin with https://"),
    ("an address without a scheme", URL, "base_url: www.shoporama.dk/REST",
     2, "shoporama.base_url", "must be a web address"),
    ("a host with a part of 70 letters", URL, f"base_url: https://{'a' * 70}.shop.dk/REST",
     2, "shoporama.base_url", "must name a host that can exist"),
    ("a host with an empty part", URL, "base_url: https://shop..dk/REST",
     2, "shoporama.base_url", "must name a host that can exist"),
    ("a host that begins with a point", URL, "base_url: https://.dk/REST",
     2, "shoporama.base_url", "must name a host that can exist"),
    ("a host with a star", URL, 'base_url: "https://*.shop.dk/REST"',
     2, "shoporama.base_url", "must name a host that can exist"),
    ("a host of 254 letters", URL, f"base_url: https://{'a.' * 126}dk/REST",
     2, "shoporama.base_url", "must name a host that can exist"),
    ("a host in brackets that is no address", URL, 'base_url: "https://[fe80:::1]/REST"',
     2, "shoporama.base_url", "must"),
    ("a port that nothing can have", URL, "base_url: https://www.shoporama.dk:0/REST",
     2, "shoporama.base_url", "must name a host that can exist"),
    ("a token server that can't exist", "client_id: client-42",
     "client_id: client-42\n    token_url: https://connect..visma.com/token",
     9, "dinero.auth.token_url", "must name a host that can exist"),
    ("a register of VAT numbers that can't exist", "posting:\n",
     "posting:\n  eu_vat_numbers: {vies_url: 'https://vies_.-.eu/rest'}\n",
     13, "posting.eu_vat_numbers.vies_url", "must name a host that can exist"),
    ("certificates without a file", "posting:\n", "http: {ca_file: 7}\nposting:\n",
     12, "http.ca_file", "must be a file"),
    ("an address with a password", URL, f"base_url: https://me:{SHOP_KEY}@www.shoporama.dk",
     2, "shoporama.base_url", "must not hold a user name or password"),
    ("an address with a query", URL, f"base_url: https://www.shoporama.dk/?key={SHOP_KEY}",
     2, "shoporama.base_url", "must end before any ?"),
    ("a zone that does not exist", "dinero:", "  time_zone: Europe/Kopenhagen\ndinero:",
     4, "shoporama.time_zone", 'did you mean "Europe/Copenhagen"?'),
    ("a currency in small letters", "dinero:", "  currency: dkk\ndinero:",
     4, "shoporama.currency", "three capital letters"),
    ("a limit of zero", ORG, "calls_per_minute: 0",
     5, "dinero.calls_per_minute", "must be more than 0"),
    ("a time with a unit", START, f"{START}\n  deadline_minutes: 30m",
     12, "sync.deadline_minutes", "must be a number like 25 or 12.5"),
    ("a secret of two lines", f"api_key: {SHOP_KEY}", f'api_key: "{SHOP_KEY}\\n{SHOP_KEY}"',
     3, "shoporama.api_key", "one line"),
    ("a folder that is a list", START, f"{START}\n  state_dir: [a]",
     12, "sync.state_dir", "must be a folder"),
    ("a reference to an unset variable", ORG, "organization_id: ${DINERO_SYNC_NEVER_SET}",
     5, "dinero.organization_id", "export DINERO_SYNC_NEVER_SET=…"),
    ("a reference to a missing file", ORG, "organization_id: ${file:never-written.txt}",
     5, "dinero.organization_id", "never-written.txt can't be read"),
    ("a reference that is none", ORG, "vat_number: ${not a name}",
     5, "dinero.vat_number", "${NAME} for an environment variable"),
)
CHOICES = (
    ("a misspelt trigger", START, f"{START}\n  trigger: payed",
     12, "sync.trigger", 'did you mean "paid"?'),
    ("a misspelt method", "client_id:", "method: visma\n    client_id:",
     8, "dinero.auth.method", "must be visma_connect or api_key"),
    ("a scheme in small letters", "dinero:", "  auth_scheme: bearer\ndinero:",
     4, "shoporama.auth_scheme", 'did you mean "Bearer"?'),
    ("a misspelt zone in a list", EU, "{zone: [dk, uE], buyer: business}",
     15, "posting.rules[0].when.zone[1]", "must be dk, eu or world"),
    ("a misspelt buyer", EU, "{buyer: bussiness}",
     15, "posting.rules[0].when.buyer", 'did you mean "business"?'),
    ("a country that is no ISO code", EU, "{country: UK}",
     15, "posting.rules[0].when.country", 'is written "GB"'),
    ("a country by its name", EU, "{country: [DE, Norge]}",
     15, "posting.rules[0].when.country[1]", "two capital letters"),
    ("a rate beyond a hundred", EU, "{vat_rate: 250}",
     15, "posting.rules[0].when.vat_rate", "must be at most 100"),
    ("a rate with a percent sign", EU, "{vat_rate: 25%}",
     15, "posting.rules[0].when.vat_rate", "without quotes"),
    ("an empty list", EU, "{sku: []}",
     15, "posting.rules[0].when.sku", "takes nothing"),
)
WITH_METHOD = "\n  margin_scheme: {method: collective}"
SCHEMES = (
    ("a margin scheme that there isn't", "account: 1100",
     "account: 1051\n      margin_scheme: used" + WITH_METHOD,
     17, "posting.rules[0].margin_scheme", "must be used_goods, art or"),
    ("a margin scheme without a method", "account: 1100",
     "account: 1051\n      margin_scheme: used_goods",
     17, "posting.rules[0].margin_scheme", "method: individual, account: 1052"),
    ("a margin scheme with foreign VAT", "account: 1100",
     "account: 1051\n      margin_scheme: art\n      foreign_vat_account: 64200"
     + WITH_METHOD,
     18, "posting.rules[0].foreign_vat_account", "does not go with margin_scheme"),
    ("reverse charge with a margin scheme", "account: 1100",
     "account: 1051\n      margin_scheme: art\n      reverse_charge: true" + WITH_METHOD,
     18, "posting.rules[0].reverse_charge", "does not go with margin_scheme"),
    ("reverse charge with foreign VAT", "account: 1100",
     "account: 1151\n      foreign_vat_account: 64200\n      reverse_charge: true",
     18, "posting.rules[0].reverse_charge", "does not go with foreign_vat_account"),
    ("reverse charge that is neither true nor false", "account: 1100",
     "account: 1255\n      reverse_charge: maybe",
     17, "posting.rules[0].reverse_charge", "true or false"),
    ("the individual method without an account", "posting:",
     "posting:\n  margin_scheme: {method: individual}",
     13, "posting.margin_scheme.account", "write for example `account: 1052`"),
    ("the collective method with an account", "posting:",
     "posting:\n  margin_scheme: {method: collective, account: 1052}",
     13, "posting.margin_scheme.account", "which posts no margins; remove it"),
    ("gift cards of no legal kind", "posting:", "posting:\n  kinds: {gift_card: GIFT}",
     13, "posting.kinds.gift_card", "kind: single_purpose"),
    ("gift cards of a misspelt kind", "posting:",
     "posting:\n  gift_cards: {kind: singlepurpose, account: 63085}",
     13, "posting.gift_cards.kind", 'did you mean "single_purpose"?'),
    ("an account for payments by cards that are lines", "posting:",
     "posting:\n  gift_cards: {kind: single_purpose, account: 63085, redeemed_account: 55090}",
     13, "posting.gift_cards.redeemed_account", "does not go with kind: single_purpose"),
    ("payments by cards on the account of their debt", "posting:",
     "posting:\n  gift_cards: {kind: multi_purpose, account: 63080, redeemed_account: 63080}",
     13, "posting.gift_cards.redeemed_account", "is the account that takes the sale of cards"),
    ("single-purpose cards beside such", "posting:",
     ("posting:\n  gift_cards: {kind: single_purpose, account: 63085, single_purpose: {account: 1,"
     " voucher_codes: K}}"),
     13, "posting.gift_cards.single_purpose", "goes with kind: multi_purpose"),
    ("cards of both kinds on one account", "posting:",
     ("posting:\n  gift_cards: {kind: multi_purpose, account: 63080, single_purpose: "
     "{account: 63080, voucher_codes: K}}"),
     13, "posting.gift_cards.single_purpose", "name one with 25 % VAT"),
    ("cards of both kinds whose codes can't be told apart", "posting:",
     ("posting:\n  gift_cards: {kind: multi_purpose, account: 63080, voucher_codes: [X, GK-M-*], "
     'single_purpose: {account: 63085, voucher_codes: "GK-*"}}'),
     13, "posting.gift_cards.single_purpose", "takes the codes GK-M-*"),
    ("single-purpose cards without codes", "posting:",
     ("posting:\n  gift_cards: {kind: multi_purpose, account: 63080, single_purpose: "
     "{account: 63085}}"),
     13, "posting.gift_cards.single_purpose.voucher_codes", ""),
    ("a kind of line that there isn't", "posting:", "posting:\n  kinds: {deposit: PANT}",
     13, "posting.kinds.deposit", "it takes gift_card, fee"),
    ("a rounding of more than a krone", "posting:",
     "posting:\n  rounding: {limit: 2, account: 1490}",
     13, "posting.rounding.limit", "must be at most 1"),
    ("an exchange rate in quotes", "deposit_account: 55010",
     'deposit_account: 55010\n    exchange_rate: "7.46"',
     22, "payment_types[0].exchange_rate", "without quotes"),
)
TOGETHER = (
    ("two rules with one name", "payment_types:",
     "    - {name: EU businesses, account: 1000}\npayment_types:",
     17, "posting.rules[1].name", "on line 14 too"),
    ("two payment types with one name", "- name: Faktura", "- name: Dankort",
     22, "payment_types[1].name", "on line 18 too"),
    ("a rule for an unknown payment type", EU, "{payment_type: [Faktura, Dankor]}",
     15, "posting.rules[0].when.payment_type[1]", 'did you mean "Dankort"?'),
    ("a rule for payment types that none is called like", EU, '{payment_type: "dankorr*"}',
     15, "posting.rules[0].when.payment_type", 'did you mean "Dankort"?'),
    ("a payment type without conditions", CARD, "{}",
     19, "payment_types[0].when", "at least one of gateway"),
    ("a payment without an account", "    deposit_account: 55010\n", "",
     18, "payment_types[0].deposit_account", "paid: true needs it"),
    ("an account without a payment", "paid: false", "paid: false\n    deposit_account: 55010",
     25, "payment_types[1].deposit_account", "does not go with paid: false"),
    ("terms for what is paid", "paid: false", "paid: true\n    deposit_account: 55020",
     26, "payment_types[1].payment_terms", "do not go with paid: true"),
    ("days for cash", TERMS, "{type: NettoCash, days: 1}",
     25, "payment_types[1].payment_terms.days", "does not go with NettoCash"),
    ("no days for net terms", TERMS, "{type: CurrentMonthOut}",
     25, "payment_types[1].payment_terms.days", "CurrentMonthOut counts days"),
)
# fmt: on


def _changed(row: tuple[str, str, str, int, str, str]) -> BrokenConfig:
    name, old, new, line, key, says = row
    if GOOD.count(old) != 1:
        raise ValueError(f"{name}: what is to be changed must stand exactly once")
    text = GOOD.replace(old, new)
    return BrokenConfig(name=name, text=text, line=line, key=key, says=says)


NOT_A_CONFIGURATION = (
    BrokenConfig(name="an empty file", text="", line=0, key="", says="the file is empty"),
    BrokenConfig(name="only comments", text="# later\n", line=0, key="", says="the file is empty"),
    BrokenConfig(name="a list", text="- shoporama\n", line=1, key="", says="of the sections"),
    BrokenConfig(name="a word", text="\nshoporama\n", line=2, key="", says="of the sections"),
)
CHANGES = (*UNREADABLE, *KEYS, *TYPES, *CHOICES, *SCHEMES, *TOGETHER)
BROKEN_CONFIGS = (*NOT_A_CONFIGURATION, *map(_changed, CHANGES))
"""All of them; every test of a refusal may run on these."""
