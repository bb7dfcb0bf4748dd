"""The attributes of HTML, by name."""

_NAMES = """
abbr accept accesskey action align allow allowfullscreen alt async autocapitalize autocomplete autofocus autoplay axis
background bgcolor border cellpadding cellspacing charset checked cite class clear color cols colspan content
contenteditable controls coords crossorigin data datetime decoding default defer dir dirname disabled download
draggable enctype enterkeyhint face fetchpriority for form formaction formmethod frame frameborder headers height
hidden high href hreflang hspace id imagesizes imagesrcset inert inputmode integrity is ismap itemid itemprop itemref
itemscope itemtype kind label lang language list loading longdesc loop low marginheight marginwidth markdown max
maxlength media method min minlength multiple muted name nohref nonce noshade novalidate nowrap open optimum part
pattern ping placeholder playsinline popover poster preload profile property readonly referrerpolicy rel required rev
reversed role rows rowspan rules sandbox scope scrolling selected shape size sizes slot span spellcheck src srcdoc
srclang srcset start step style summary tabindex target text title translate type usemap valign value version viewbox
vspace width wrap xmlns
"""
KNOWN_ATTRIBUTES = frozenset(_NAMES.split())
REFERRING = frozenset(("for", "aria-labelledby", "aria-describedby", "aria-controls"))
"""Those that name ids of the same page."""
