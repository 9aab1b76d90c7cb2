"""What the payment page says, by language. Not gettext: the stand-in runs without Django too."""

ENGLISH = {
    "title": "Pay by card",
    "stand_in": "Stand-in for the card provider: no money moves",
    "for": "For",
    "to_pay": "To pay",
    "until": "Open until",
    "hint": "A real provider asks for the card here. Choose what the card does instead.",
    "pay": "Pay",
    "decline": "Card is declined",
    "back": "Cancel and go back",
    "declined": "The card was declined. Nothing was paid. Try another card.",
    "paid": "This is paid already.",
    "closed": "This page is closed: its time is over, or the booking closed it. Nothing can be paid here.",
    "return": "Back to the booking",
    "unknown": "There is no such page.",
}
SPANISH = {
    "title": "Pagar con tarjeta",
    "stand_in": "En lugar del proveedor de tarjetas: no se mueve dinero",
    "for": "Por",
    "to_pay": "A pagar",
    "until": "Abierto hasta",
    "hint": "Un proveedor de verdad pide aquí la tarjeta. Elige en cambio qué hace la tarjeta.",
    "pay": "Pagar",
    "decline": "La tarjeta es rechazada",
    "back": "Cancelar y volver",
    "declined": "La tarjeta fue rechazada. No se pagó nada. Prueba con otra tarjeta.",
    "paid": "Esto ya está pagado.",
    "closed": "Esta página está cerrada: se acabó su tiempo, o la reserva la cerró. Aquí ya no se paga.",
    "return": "Volver a la reserva",
    "unknown": "Esa página no existe.",
}


def words_of(locale):
    """English unless Spanish is asked for."""
    return SPANISH if (locale or "").startswith("es") else ENGLISH
