"""The invented people, companies and institutions that buy in the seeded shop.

Company numbers, VAT numbers and EAN numbers are valid in form and belong to nobody known.
"""

from dataclasses import dataclass

from dinero_sync.sandbox.shop.catalogue import DENMARK, GERMANY, GREENLAND, NORWAY, SWEDEN


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, and where the goods go."""

    name: str
    address: str
    zip_code: str
    city: str
    email: str
    country: int = DENMARK
    company: str = ""
    vat_number: str = ""
    ean: str = ""
    pays_vat: bool = True
    """Danish VAT: not for EU businesses, and not for goods that leave the EU."""


def _consumer(name: str, address: str, zip_code: str, city: str) -> Buyer:
    return Buyer(name, address, zip_code, city, f"{name.split(maxsplit=1)[0].lower()}@example.com")


DANISH_CONSUMERS = (
    _consumer("Asta Nørgaard", "Vestergade 12, 2. tv", "5970", "Ærøskøbing"),
    _consumer("Bjørn Østergård", "Ågade 7", "8000", "Aarhus C"),
    _consumer("Cæcilie Lund", "Søndergade 88", "5000", "Odense C"),
    _consumer("Ditte Ravn", "Kirkevej 3", "4400", "Kalundborg"),
    _consumer("Emil Ågesen", "Skolegade 41, st. th", "6700", "Esbjerg"),
    _consumer("Frida Holm", "Nørrebrogade 200, 4.", "2200", "København N"),
    _consumer("Gorm Kjær", "Havnen 1", "9990", "Skagen"),
    _consumer("Helle Brøndum", "Bøgevænget 15", "3400", "Hillerød"),
    _consumer("Ib Sørensen", "Strandvejen 301", "2930", "Klampenborg"),
    _consumer("Janne Toft", "Møllebakken 6", "7100", "Vejle"),
    _consumer("Klaus Mølgaard", "Torvet 2", "8800", "Viborg"),
    _consumer("Lærke Dahl", "Præstegårdsvej 9", "4800", "Nykøbing F"),
)

SAME_PERSON = Buyer("Maja Skov", "Fælledvej 4", "8900", "Randers C", "maja.skov@example.com")
SAME_PERSON_AGAIN = Buyer(
    "Maja Skov", "Fælledvej 4", "8900", "Randers C", " Maja.Skov@Example.com "
)
WITHOUT_EMAIL = Buyer("Niels Vind", "Digevej 11", "6792", "Rømø", "")

DANISH_BUSINESS = Buyer(
    "Orla Berg",
    "Industrivej 5",
    "7400",
    "Herning",
    "indkoeb@caferoed.example",
    company="Café Rød ApS",
    vat_number="90000039",
)
PUBLIC_BUYER = Buyer(
    "Pia Yde",
    "Rådhuspladsen 1",
    "5700",
    "Svendborg",
    "pia@kommune.example",
    company="Sydfyns Musikskole",
    ean="5798009999993",
)
GERMAN_CONSUMER = Buyer(
    "Quirin Müller", "Lindenstraße 8", "24937", "Flensburg", "quirin@example.de", GERMANY
)
SWEDISH_CONSUMER = Buyer("Rut Åkesson", "Storgatan 14", "211 42", "Malmö", "rut@example.se", SWEDEN)
GERMAN_BUSINESS = Buyer(
    "Sabine Groß",
    "Hafenstraße 20",
    "20459",
    "Hamburg",
    "einkauf@laden.example",
    GERMANY,
    company="Der kleine Laden GmbH",
    vat_number="DE999999995",
    pays_vat=False,
)
SWEDISH_BUSINESS = Buyer(
    "Tove Öberg",
    "Köpmangatan 3",
    "111 31",
    "Stockholm",
    "order@butik.example",
    SWEDEN,
    company="Öbergs Butik AB",
    vat_number="SE559900000601",
    pays_vat=False,
)
NORWEGIAN_CONSUMER = Buyer(
    "Unni Bjørnstad",
    "Kirkegata 22",
    "0153",
    "Oslo",
    "unni@example.no",
    NORWAY,
    pays_vat=False,
)
GREENLANDIC_CONSUMER = Buyer(
    "Vivi Petersen",
    "Aqqusinersuaq 10",
    "3900",
    "Nuuk",
    "vivi@example.gl",
    GREENLAND,
    pays_vat=False,
)
