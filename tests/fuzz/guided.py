"""Texts that reach ever new code of the parsers, written by atheris. Run by `scripts/fuzz guided`, until stopped."""

import sys

import atheris

with atheris.instrument_imports(include=["markdown_it", "trackbook.markdown", "trackbook.reading"]):
    from trackbook.markdown import blank_all_but_prose, parse_markdown, replace_links
    from trackbook.model import Link
    from trackbook.reading.front_matter import OverviewShape, split_front_matter
    from trackbook.reading.outline import OutlineShape
    from trackbook.reading.pathological import find_pathological_line
    from trackbook.reading.shape import fit
    from trackbook.reading.yaml import read_yaml


def take(data: bytes) -> None:
    """Parse a text as a page and as YAML: places lie in it, and what changes nothing gives the same text."""
    text = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(2_000).replace("\r", "\n").replace("\0", "")
    yaml, body, _, _ = split_front_matter(text, "page.md")
    if find_pathological_line(body) is None:
        parsed = parse_markdown(body, "page.md")

        def keep(link: Link) -> tuple[str, str | None]:
            assert link.span
            return body[slice(*link.span)], None

        assert replace_links(body, parsed.links, keep) == body
        assert len(blank_all_but_prose(body)) == len(body)
        sources = [*(link.source for link in parsed.links), *(heading.source for heading in parsed.headings)]
        assert all(1 <= source.line <= body.count("\n") + 1 for source in sources)
    for shape, part in ((OverviewShape, yaml), (OutlineShape, text)):
        document, findings = read_yaml(part, "page.md")
        findings = [*findings, *fit(shape, document, "this", "code").findings]
        assert all(1 <= finding.source.line <= part.count("\n") + 1 for finding in findings)


if __name__ == "__main__":
    atheris.Setup(sys.argv, take)
    atheris.Fuzz()
