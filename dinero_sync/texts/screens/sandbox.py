"""What ``sandbox`` says once it serves."""

from dinero_sync.texts.catalogue import _
from dinero_sync.texts.screens.saying import Screen

SCREEN: Screen = {
    "printed": _(
        "The sandbox listens at {url}. Save the configuration above as a file of yours, or let it "
        "be written: --write FILE. Its books, in a browser: {url}/\n"
        "Ctrl-C ends it."
    ),
    "written": _(
        "A made-up shop and a made-up Dinero listen at {url}. The configuration is {file}. In "
        "another terminal:"
    ),
    "ends": _(
        "Some orders are held, to practise on. The books, and what is the matter with those "
        "orders, in a browser: {url}/\n"
        "Ctrl-C ends it; nothing is kept."
    ),
}
