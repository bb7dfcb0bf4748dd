"""The elements that browsers know by name."""

_HTML = """
a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite
code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer
form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main
map mark marquee menu meta meter nav nobr noscript object ol optgroup option output p param picture pre progress q rp rt
ruby s samp script search section select slot small source span strike strong style sub summary sup table tbody td
template textarea tfoot th thead time title tr track tt u ul var video wbr
"""
_SVG = """
svg animate animatemotion animatetransform circle clippath defs desc ellipse filter foreignobject g image line
lineargradient marker mask metadata mpath path pattern polygon polyline radialgradient rect set stop switch symbol text
textpath tspan use view
"""
_MATHML = """
math annotation annotation-xml maction merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow
ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics
"""
ELEMENTS = frozenset(_HTML.split())
"""Those of HTML itself."""
_KNOWN = frozenset(f"{_HTML} {_SVG} {_MATHML}".split())


def is_known_element(name: str) -> bool:
    """Whether a browser shows more of it than of an empty word; a hyphen is in the name of every custom element."""
    return name.lower() in _KNOWN or "-" in name or name.lower().startswith("fe")
