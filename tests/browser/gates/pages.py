"""The pages that the gates look at, each named as the table and the tests say it."""

PAGES = {
    "home": "",
    "track": "deep-learning/",
    "overview": "deep-learning/attention-in-brief/",
    "attention lesson": "deep-learning/attention-in-brief/lesson/",
    "query, key, value lesson": "transformers/query-key-value/lesson/",
    "convolution lesson": "deep-learning/convolution/lesson/",
    "transformer block lesson": "transformers/transformer-block/lesson/",
    "practice": "deep-learning/attention-in-brief/practice/",
    "cheatsheet": "deep-learning/attention-in-brief/cheatsheet/",
    "glossary": "glossary/",
    "map": "map/",
    "review": "review/",
    "progress": "progress/",
    "Markdown page": "markdown/",
    "missing page": "404.html",
}
LESSONS = [name for name in PAGES if name.endswith("lesson")]
PHONE, LAPTOP = 390, 1280
