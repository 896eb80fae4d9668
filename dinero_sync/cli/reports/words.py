"""Holds and doubts in Danish without values: for those known by their English sentences alone."""

from collections.abc import Mapping

from dinero_sync.domain.hold import DoubtReason, HoldReason

IN_ENGLISH = "Fuld besked og næste skridt (på engelsk):"
DANISH: Mapping[str, str] = {
    HoldReason.UNREADABLE_ORDER: "Et felt på ordren mangler eller kan ikke læses.",
    HoldReason.LINES_DO_NOT_ADD_UP: "Linjer, fragt og rabatkode giver ikke ordrens total.",
    HoldReason.UNKNOWN_STATUS: "Ordrens status i butikken er ikke en, der kendes.",
    HoldReason.CURRENCY_NOT_ALLOWED: "Ordren er i en anden valuta end butikkens, eller et "
    "beløb i kroner, som bogføringen kræver, kendes ikke.",
    HoldReason.UNKNOWN_COUNTRY: "Landet på ordren kendes ikke.",
    HoldReason.UNKNOWN_VAT: "Momssatserne kan ikke afgøres ud fra ordren.",
    HoldReason.UNKNOWN_PAYMENT_TYPE: "Ingen betalingstype (payment_types) passer på ordren.",
    HoldReason.ACCOUNT_VAT_MISMATCH: "En linjes momssats er ikke den, som dens konto har, eller "
    "kontoens momskode indberetter en anden slags salg, eller en forbruger i et andet EU-land har "
    "ikke betalt moms.",
    HoldReason.INVALID_VAT_NUMBER: "Købers CVR- eller momsnummer kan ikke være rigtigt, "
    "eller mangler: solgt uden moms i EU kræver et momsnummer fra et andet EU-land.",
    HoldReason.UNCONFIRMED_VAT_NUMBER: "EU's register (VIES) bekræfter ikke købers momsnummer "
    "eller kunne ikke spørges, og ordren er solgt uden moms.",
    HoldReason.UNKNOWN_PRODUCT: "Reglerne spørger til en vare, der ikke længere findes i "
    "varekartoteket.",
    HoldReason.PURCHASE_PRICE_MISSING: "En brugt vare mangler indkøbspris, så avancen og dens moms "
    "kan ikke beregnes.",
    HoldReason.MARGIN_SCHEME_EXPORT: "Varer under brugtmoms forlader EU, og ingen regel "
    "bogfører dem som almindelig eksport.",
    HoldReason.MARGIN_DIFFERS: "Avancens bilag i Dinero er ikke det, der skulle bogføres.",
    HoldReason.MARGIN_MISSING: "Fakturaen er bogført, men avancens bilag findes ikke i Dinero.",
    HoldReason.MARGIN_NOT_BOOKED: "Dinero har endnu ikke bogført avancens bilag.",
    HoldReason.GIFT_CARD_USED: "Ordren er betalt med et gavekort til flere formål, eller med "
    "et til ét formål for andet end varer og fragt med 25 % dansk moms; det skal bogføres manuelt.",
    HoldReason.DISTANCE_SALES_THRESHOLD: "Salget til forbrugere i andre EU-lande kommer i år over "
    "10.000 EUR eller gjorde det sidste år; derfor skal køberlandets moms opkræves.",
    HoldReason.ZERO_TOTAL_WITH_VOUCHER: "Intet er betalt på grund af en kode, som kan være et "
    "gavekort.",
    HoldReason.NEGATIVE_AMOUNT: "En pris eller totalen er negativ.",
    HoldReason.TRIGGER_DAY_UNKNOWN: "Dagen, da ordren blev betalt eller afsendt, kendes ikke.",
    HoldReason.STRADDLES_START: "Ordren begyndte før startdatoen (sync.start_date) og gik videre "
    "efter den; den kan være bogført på anden måde.",
    HoldReason.MAYBE_BOOKED_ELSEWHERE: "En faktura i Dinero, der ikke er vores, ligner ordren.",
    HoldReason.SEVERAL_CONTACTS: "Flere kontakter i Dinero kan være køberen.",
    HoldReason.REJECTED_BY_DINERO: "Dinero afviste et trin.",
    HoldReason.TOTALS_DIFFER: "Kladdens totaler i Dinero er ikke ordrens.",
    HoldReason.DRAFT_DELETED: "Kladden er slettet i Dinero.",
    HoldReason.DOCUMENT_DIFFERS: "Den bogførte faktura er ikke det, ordren nu ville blive "
    "bogført som: enten er dokumentet, ordren i butikken eller reglerne ændret.",
    HoldReason.NO_LONGER_DUE: "Der er en kladde, men butikken siger nu, at ordren ikke skal "
    "bogføres.",
    HoldReason.CHANGED_AFTER_BOOKING: "Ordren er ændret, efter at fakturaen blev bogført.",
    HoldReason.CANCELLED_AFTER_BOOKING: "Ordren er annulleret, efter at fakturaen blev bogført.",
    HoldReason.PAID_DIFFERENTLY: "Fakturaen har betalinger i Dinero, som ikke er vores.",
    HoldReason.NOT_SENT: "Fakturaen er bogført, men Dinero sendte den ikke til køberen.",
    DoubtReason.NO_ANSWER: "En ændring blev sendt til Dinero uden et klart svar; næste kørsel "
    "læser, hvad der skete.",
}
DANISH_STEPS: Mapping[str, str] = {
    HoldReason.UNREADABLE_ORDER: "Ret feltet på ordren i butikken; den læses igen af sig selv. "
    "Hedder feltet noget andet i din butik, så skriv det i konfigurationen, som vist nedenfor. Kan "
    "den ikke rettes, så spørg Shoporamas support.",
    HoldReason.LINES_DO_NOT_ADD_UP: "Ret ordren i butikken; den læses igen af sig selv. Eller slut "
    "den uden faktura: dinero-sync skip ORDER --reason TEKST",
    HoldReason.UNKNOWN_STATUS: "Giv ordren en status i butikken, der kendes; den læses igen af sig "
    "selv. Eller slut den uden faktura: dinero-sync skip ORDER --reason TEKST",
    HoldReason.CURRENCY_NOT_ALLOWED: "Er kun betalingen ikke registreret: skriv exchange_rate på "
    "betalingstypen, eller registrer betalingen i Dinero, og kør så: dinero-sync retry ORDER. Er "
    "ordren ikke bogført: bogfør den manuelt i Dinero, og kør så: dinero-sync adopt ORDER. Sælger "
    "hele butikken i den valuta, så ret shoporama.currency.",
    HoldReason.UNKNOWN_COUNTRY: "Vælg landet på ordren i butikken; den læses igen af sig selv. "
    "Eller skriv i konfigurationen, hvad der er vist nedenfor.",
    HoldReason.UNKNOWN_VAT: "Ret momsen på ordren eller dens varer i butikken; ordren læses igen "
    "af sig selv. Hedder momsfelterne noget andet i din butik, så skriv det under "
    "shoporama.fields.",
    HoldReason.UNKNOWN_PAYMENT_TYPE: "Sæt betalingstypen nedenfor ind i konfigurationen med den "
    "rigtige indbetalingskonto (eller paid: false, hvis fakturaen betales senere); ordren tages op "
    "igen af sig selv.",
    HoldReason.ACCOUNT_VAT_MISMATCH: "Er ordrens moms forkert, så ret den i butikken. Er den "
    "rigtig, så ret reglerne i konfigurationen, som beskeden nedenfor siger. Ordren tages op igen "
    "af sig selv. Retter du i stedet en kontos momskode i Dinero, så kør: dinero-sync retry ORDER",
    HoldReason.INVALID_VAT_NUMBER: "Ret nummeret på ordren i butikken, med landets bogstaver "
    "foran; er køber forbruger, så tøm feltet, og opkræv moms. Ordren tages op igen af sig selv.",
    HoldReason.UNCONFIRMED_VAT_NUMBER: "Bed køber om det rigtige momsnummer, ret det i butikken, "
    "og kør så: dinero-sync retry ORDER. Er ordren alligevel solgt med moms, tages den op af sig "
    "selv.",
    HoldReason.UNKNOWN_PRODUCT: "Sæt reglen nedenfor ind i konfigurationen, før reglerne, der "
    "spørger til varekartoteket; ordren tages op igen af sig selv. Er der ingen regel nedenfor, så "
    "lav fakturaen manuelt i Dinero, og kør så: dinero-sync adopt ORDER",
    HoldReason.PURCHASE_PRICE_MISSING: "Skriv indkøbsprisen på varen i butikken, og kør så: "
    "dinero-sync retry ORDER. Har I ingen indkøbspriser, så spørg bogholderen om samlemetoden "
    "(posting.margin_scheme.method: collective).",
    HoldReason.MARGIN_SCHEME_EXPORT: "Spørg bogholderen. Skal varerne bogføres som almindelig "
    "eksport, så sæt reglen nedenfor ind i konfigurationen, før den med margin_scheme; ordren "
    "tages op igen af sig selv.",
    HoldReason.MARGIN_DIFFERS: "Bogfør eller ret finansbilaget i Dinero, og kør så: dinero-sync "
    "retry ORDER",
    HoldReason.MARGIN_MISSING: "Er avancen bogført på anden måde: dinero-sync resolve ORDER "
    "--accept NOTAT. Er den ikke, bogføres den nu, dateret som fakturaen, med: dinero-sync retry "
    "ORDER",
    HoldReason.MARGIN_NOT_BOOKED: "Se i kassekladden i Dinero, bogfør bilaget der, og kør så: "
    "dinero-sync retry ORDER",
    HoldReason.GIFT_CARD_USED: "Lav fakturaen manuelt i Dinero, som beskeden nedenfor siger (spørg "
    "bogholderen), og kør så: dinero-sync adopt ORDER",
    HoldReason.DISTANCE_SALES_THRESHOLD: "Registrer butikken for OSS, lad den opkræve køberlandets "
    "moms, og bogfør den med en regel. Er ordren solgt med dansk moms, så spørg bogholderen. Skal "
    "den slags bogføres alligevel, så skriv posting: {above_eu_threshold: charge}",
    HoldReason.ZERO_TOTAL_WITH_VOUCHER: "En almindelig rabatkode: dinero-sync skip ORDER --reason "
    "TEKST. Et gavekort: gør først i Dinero, hvad beskeden nedenfor siger, og slut så ordren med "
    "den kommando, der står der.",
    HoldReason.NEGATIVE_AMOUNT: "Ret ordren i butikken; den læses igen af sig selv. Eller slut den "
    "uden faktura: dinero-sync skip ORDER --reason TEKST",
    HoldReason.TRIGGER_DAY_UNKNOWN: "Ligger dagen i fremtiden, så ret tiden på ordren eller "
    "shoporama.time_zone, og kør så: dinero-sync retry ORDER. Ellers led efter salget i Dinero, "
    "bogfør det manuelt, hvis det ikke er der, og kør så: dinero-sync adopt ORDER",
    HoldReason.STRADDLES_START: "Led efter salget i Dinero, bogfør det manuelt, hvis det ikke er "
    "der, og kør så: dinero-sync adopt ORDER",
    HoldReason.MAYBE_BOOKED_ELSEWHERE: "Er Shoporamas egen Dinero-integration stadig slået til, så "
    "slå den fra først. Sammenlign så de to i Dinero. Samme salg: dinero-sync adopt ORDER. Et "
    "andet salg: dinero-sync retry ORDER",
    HoldReason.SEVERAL_CONTACTS: "Slå kontakterne sammen i Dinero, eller slet dem, der ikke "
    "bruges, og kør så: dinero-sync retry ORDER",
    HoldReason.REJECTED_BY_DINERO: "Se, hvad der blev sendt: dinero-sync show ORDER. Ret, hvad "
    "Dinero nævner (tit et nummer på ordren, et lukket regnskabsår eller en konto), og kør så: "
    "dinero-sync retry ORDER",
    HoldReason.TOTALS_DIFFER: "Har nogen rettet i kladden i Dinero, eller er en kontos moms "
    "ændret, så bring det i orden, og kør så: dinero-sync retry ORDER",
    HoldReason.DRAFT_DELETED: "Hører salget til i bøgerne, så lav først fakturaen manuelt i "
    "Dinero. Derefter, og også hvis intet skal bogføres: dinero-sync skip ORDER --reason TEKST",
    HoldReason.DOCUMENT_DIFFERS: "Er salget bogført forkert, så ret det i Dinero med en kreditnota "
    "og en ny faktura. Derefter, og også hvis det er rigtigt: dinero-sync resolve ORDER --accept "
    "NOTAT",
    HoldReason.NO_LONGER_DUE: "Slet kladden: dinero-sync skip ORDER --reason TEKST. Se, hvad der "
    "er i Dinero: dinero-sync resolve ORDER",
    HoldReason.CHANGED_AFTER_BOOKING: "Er ændringen rigtig, så lav en kreditnota til fakturaen og "
    "en ny faktura manuelt i Dinero, og kør så: dinero-sync resolve ORDER --accept NOTAT",
    HoldReason.CANCELLED_AFTER_BOOKING: "Er salget faldet væk, så lav en kreditnota til fakturaen "
    "i Dinero, og kør så: dinero-sync resolve ORDER --accept NOTAT",
    HoldReason.PAID_DIFFERENTLY: "Er en af betalingerne i Dinero forkert, så slet den der, og kør "
    "så: dinero-sync retry ORDER. Er de rigtige: dinero-sync resolve ORDER --accept NOTAT",
    HoldReason.NOT_SENT: "Ret e-mail eller EAN på kontakten i Dinero, eller send fakturaen derfra, "
    "og kør så: dinero-sync retry ORDER",
    DoubtReason.NO_ANSWER: "Intet endnu: næste kørsel læser i Dinero, hvad der skete, og går "
    "videre.",
}
"""What to do about a hold or a doubt, in short; a hold's own next step has more, and what to paste.

ORDER stands for the order's id. ``nedenfor`` is the hold's own message, which is shown below.
"""
