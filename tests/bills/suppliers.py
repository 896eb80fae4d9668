"""Templates of suppliers that the tests make bills of, as users write them."""

from pathlib import Path

TEMPLATES = {
    "papir": """
        name: Papir
        proven: true
        match: [Papir & Pap A/S, "13585628"]
        supplier: Papir & Pap A/S
        vat_number: DK13585628
        currency: DKK
        dates: "%d-%m-%Y"
        decimal: ","
        thousands: [".", " "]
        number: {after: [Faktura nr., Kreditnota nr.]}
        date: {after: [Fakturadato, Dato]}
        due: {after: Forfald}
        amounts:
          - rate: 25
            net: {after: [Momspligtigt beløb, Netto]}
            vat: {after: [Moms 25 %, 25 % moms af *]}
          - rate: 0
            net: {after: Momsfrit beløb}
        total: {after: [I alt DKK, I alt]}
    """,
    "bogtryk": """
        name: Bogtryk
        proven: true
        match: Bogtryk ApS
        supplier: Bogtryk ApS
        currency: DKK
        dates: "%d. %B %Y"
        decimal: ","
        thousands: "."
        whole_amounts: true
        number: {below: Fakturanr}
        date: {below: Dato}
        amounts:
          - rate: 25
            net: {below: Netto}
            vat: {below: Moms}
        total: {below: At betale}
    """,
    "svenska": """
        name: Svenska
        proven: true
        match: Emballage Sverige AB
        supplier: Emballage Sverige AB
        vat_number: SE556703748501
        currency: SEK
        dates: "%Y-%m-%d"
        decimal: ","
        thousands: " "
        number: {after: Fakturanummer}
        date: {after: Fakturadatum}
        due: {after: Förfallodatum}
        amounts:
          - {rate: 25, net: {after: Moms 25 %, column: 1}, vat: {after: Moms 25 %, column: 2}}
          - {rate: 12, net: {after: Moms 12 %, column: 1}, vat: {after: Moms 12 %, column: 2}}
          - {rate: 6, net: {after: Moms 6 %, column: 1}, vat: {after: Moms 6 %, column: 2}}
        total: {after: Att betala}
    """,
    "irish": """
        name: Irish
        proven: true
        match: [Cloud Ireland Limited, IE6388047V]
        supplier: Cloud Ireland Limited
        vat_number: IE6388047V
        currency: [EUR, DKK]
        dates: "%d %B %Y"
        decimal: "."
        thousands: ","
        number: {after: Invoice number}
        date: {after: Invoice date}
        amounts:
          - rate: 0
        total: {after: [Total in EUR, Total in DKK]}
    """,
    "american": """
        name: American
        proven: true
        match: Widgets Inc.
        supplier: Widgets Inc.
        currency: USD
        dates: "%m/%d/%Y"
        decimal: "."
        thousands: ","
        number: {after: "Invoice #"}
        date: {after: Date}
        amounts:
          - {rate: 0, vat: {after: Sales tax}}
        total: {after: Amount due, pick: last}
    """,
    "german": """
        name: German
        proven: true
        match: [Etiketten GmbH, DE136695976]
        supplier: Etiketten GmbH
        vat_number: DE136695976
        currency: EUR
        dates: "%d.%m.%y"
        decimal: ","
        thousands: "."
        number: {after: Rechnungsnr.}
        date: {after: Rechnungsdatum}
        amounts:
          - {rate: 19, net: {after: Nettobetrag}, vat: {after: 19 % MwSt.}}
        total: {after: Gesamtbetrag}
    """,
    "british": """
        name: British
        proven: true
        match: Boxes Ltd
        supplier: Boxes Ltd
        vat_number: GB980780684
        currency: GBP
        dates: "%d/%m/%Y"
        decimal: "."
        thousands: ","
        number: {after: Invoice no}
        date: {after: Tax point}
        amounts:
          - {rate: 20, net: {after: Net}, vat: {after: VAT @ 20%}}
        total: {after: Total}
    """,
}
"""By file name."""


def write_templates(folder: Path) -> Path:
    """Write all templates into a folder, and return it."""
    folder.mkdir(exist_ok=True)
    for name, text in TEMPLATES.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
