"""The shop's categories, profiles and labels."""

from dinero_sync.sandbox.shop_product import Named

CERAMICS, TEXTILES = Named(411, "Keramik"), Named(412, "Tekstil")
KNITWEAR, CANDLES = Named(413, "Strik"), Named(414, "Lys og sæbe")
WOOD, PAPER = Named(415, "Træ"), Named(416, "Papir")
SECOND_HAND, ART, GIFT_CARDS = Named(421, "Brugt"), Named(422, "Kunst"), Named(431, "Gavekort")
CATEGORIES = (CERAMICS, TEXTILES, KNITWEAR, CANDLES, WOOD, PAPER, SECOND_HAND, ART, GIFT_CARDS)

GOODS, SECOND_HAND_GOODS = Named(31, "Varer"), Named(32, "Brugte varer")
GIFT_CARD_GOODS = Named(33, "Gavekort")
PROFILES = (GOODS, SECOND_HAND_GOODS, GIFT_CARD_GOODS)

HANDMADE, MARGIN = Named(51, "Håndlavet"), Named(52, "Brugtmoms")
