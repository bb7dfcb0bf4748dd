"""How elements of HTML stand inside each other, as the standard says: https://html.spec.whatwg.org/multipage/."""


def _name(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _name("area base br col embed hr img input link meta param source track wbr")
OPTIONAL = _name("p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rt rp html head body")
"""Elements that end where the one around them does."""
ENDS_PARAGRAPH = _name(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr main menu nav ol p pre search section table ul"
)
TEXT_ALONE = _name("script style textarea title xmp iframe noembed plaintext")
FRAME = _name("html head body title main h1 frameset frame")
"""Of these the page around has its own."""
INSIDE = {
    "tr": _name("table thead tbody tfoot"),
    **dict.fromkeys(("td", "th"), _name("tr table tbody thead tfoot")),
    **dict.fromkeys(("thead", "tbody", "tfoot", "caption", "colgroup"), _name("table")),
    "li": _name("ul ol menu"),
    **dict.fromkeys(("dt", "dd"), _name("dl div")),
    "summary": _name("details"),
    "figcaption": _name("figure"),
    **dict.fromkeys(("option", "optgroup"), _name("select datalist optgroup")),
    "legend": _name("fieldset"),
    "area": _name("map"),
}
"""Where an element stands."""
PARENT = {
    **{"tr": "table", "td": "tr", "th": "tr", "li": "ul", "dt": "dl", "dd": "dl", "option": "select"},
    **{"optgroup": "select"},
}
"""The one to write, where there are several."""
TOUCHED = _name("a button input select textarea details iframe label")
TOUCHING = _name("a button")
NAMED = _name("a button h1 h2 h3 h4 h5 h6")
"""Elements that are nothing without a name."""
NO_MARKDOWN = _name("table thead tbody tfoot tr select svg math")
FOREIGN = _name("svg math")
