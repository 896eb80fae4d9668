"""The pages that the browser shows after the consent.

They are complete in themselves, say nothing of what the address carried, and are never kept.
"""

from string import Template

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>dinero-sync: $danish_title</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1rem;
}
section + section { margin-top: 2.5rem; }
</style>
</head>
<body>
<main>
<section>
<h1>$danish_title</h1>
<p>$danish_text</p>
</section>
<section lang="en">
<h2>$english_title</h2>
<p>$english_text</p>
</section>
</main>
</body>
</html>
""")

ACCEPTED = _PAGE.substitute(
    danish_title="Tak, svaret er modtaget",
    danish_text="I kan lukke dette vindue. dinero-sync gør resten i terminalen.",
    english_title="Thank you, the answer has arrived",
    english_text="You can close this window. dinero-sync does the rest where you started it.",
)
REFUSED = _PAGE.substitute(
    danish_title="Der blev ikke oprettet forbindelse",
    danish_text=("Intet er ændret. I kan lukke dette vindue. Se i terminalen, hvad der skete."),
    english_title="No connection was made",
    english_text=(
        "Nothing was changed. You can close this window: dinero-sync tells what happened where "
        "you started it."
    ),
)
NOT_FOUND = _PAGE.substitute(
    danish_title="Her er ikke noget at se",
    danish_text="dinero-sync venter på svaret fra Visma Connect. Gå tilbage til den side.",
    english_title="There is nothing to see here",
    english_text="dinero-sync waits for the answer from Visma Connect. Go back to that page.",
)
