"""Reason codes in plain sentences, Danish and English."""

from collections.abc import Mapping

from dinero_sync.domain.hold import DoubtReason, HoldReason, OpenReason, SkipReason

DANISH: Mapping[str, str] = {
    HoldReason.UNREADABLE_ORDER: "Et felt på ordren mangler eller kan ikke læses.",
    HoldReason.LINES_DO_NOT_ADD_UP: "Linjer, fragt og rabatkode giver ikke ordrens total.",
    HoldReason.UNKNOWN_STATUS: "Ordrens status i butikken er ikke en, der kendes.",
    HoldReason.CURRENCY_NOT_ALLOWED: "Ordren er i en anden valuta end butikkens, eller et "
    "beløb i kroner, som bogføringen kræver, kendes ikke.",
    HoldReason.UNKNOWN_COUNTRY: "Landet på ordren kendes ikke.",
    HoldReason.UNKNOWN_VAT: "Momssatserne kan ikke afgøres ud fra ordren.",
    HoldReason.UNKNOWN_PAYMENT_TYPE: "Ingen betalingstype (payment_types) passer på ordren.",
    HoldReason.ACCOUNT_VAT_MISMATCH: "En linjes momssats er ikke den, som dens konto har.",
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
    HoldReason.DOCUMENT_DIFFERS: "Fakturaen er bogført med andre totaler end ordrens.",
    HoldReason.NO_LONGER_DUE: "Der er en kladde, men butikken siger nu, at ordren ikke skal "
    "bogføres.",
    HoldReason.CHANGED_AFTER_BOOKING: "Ordren er ændret, efter at fakturaen blev bogført.",
    HoldReason.CANCELLED_AFTER_BOOKING: "Ordren er annulleret, efter at fakturaen blev bogført.",
    HoldReason.PAID_DIFFERENTLY: "Fakturaen har betalinger i Dinero, som ikke er vores.",
    HoldReason.NOT_SENT: "Fakturaen er bogført, men Dinero sendte den ikke til køberen.",
    SkipReason.BEFORE_START: "Den er fra før startdatoen (sync.start_date).",
    SkipReason.CANCELLED: "Den er annulleret i butikken, før den blev en faktura.",
    SkipReason.ZERO_TOTAL: "Der er intet at betale.",
    SkipReason.BY_OPERATOR: "Den er sprunget over manuelt (dinero-sync skip).",
    SkipReason.BOOKED_ELSEWHERE: "Den er bogført på anden måde (dinero-sync adopt).",
    OpenReason.UNPAID: "Den venter på at blive betalt.",
    OpenReason.UNSHIPPED: "Den venter på at blive afsendt.",
    OpenReason.AWAITING_PAYMENT: "Fakturaen er bogført; betalingen registreres, når butikken "
    "siger, at ordren er betalt.",
    OpenReason.AWAITING_BOOKING: "Kladden venter på, at du bogfører den: dinero-sync book",
    DoubtReason.NO_ANSWER: "En ændring blev sendt til Dinero uden et klart svar; næste kørsel "
    "læser, hvad der skete.",
}
ENGLISH: Mapping[str, str] = {
    SkipReason.BEFORE_START: "It is from before sync.start_date.",
    SkipReason.CANCELLED: "It was cancelled in the shop before it became an invoice.",
    SkipReason.ZERO_TOTAL: "There is nothing to pay.",
    SkipReason.BY_OPERATOR: "It was skipped by hand (dinero-sync skip).",
    SkipReason.BOOKED_ELSEWHERE: "It is in the books by other means (dinero-sync adopt).",
    OpenReason.UNPAID: "It waits until it is paid.",
    OpenReason.UNSHIPPED: "It waits until it is shipped.",
    OpenReason.AWAITING_PAYMENT: "Its invoice is booked; the payment is registered once the shop "
    "says that it is paid.",
    OpenReason.AWAITING_BOOKING: "Its draft waits until you book it: dinero-sync book",
}
"""Without holds and doubts, which carry sentences of their own."""
