"""Where a learner reports a mistake, by what the settings say."""

import pytest

from trackbook.model import Setting, SiteSettings, Source
from trackbook.publishing.identity import find_report

PLACE = Source("mkdocs.yml", 1)
ISSUE = "issues/new?title={title}&body={text}"


@pytest.mark.parametrize(
    ("repository", "report", "there"),
    [
        ("", "", ""),
        ("https://github.com/a/b", "", f"https://github.com/a/b/{ISSUE}"),
        ("https://github.com/a/b.git/", "", f"https://github.com/a/b/{ISSUE}"),
        ("https://codeberg.org/a/b", "", f"https://codeberg.org/a/b/{ISSUE}"),
        (
            "https://gitlab.uni.example/a/b/",
            "",
            "https://gitlab.uni.example/a/b/-/issues/new?issue%5Btitle%5D={title}&issue%5Bdescription%5D={text}",
        ),
        ("https://bitbucket.org/a/b", "", ""),
        ("https://notgithub.example/a/b", "", ""),
        ("https://github.com/a/b", "ada@example.org", "mailto:ada@example.org?subject={title}&body={text}"),
        ("", "https://forms.example/?t={title}", "https://forms.example/?t={title}"),
        ("", "javascript://a%0aalert(1)", ""),
        ("", "our office", ""),
    ],
)
def test_report(repository: str, report: str, there: str) -> None:
    told = {("repo_url",): repository, ("extra", "report"): report}
    assert find_report(SiteSettings({keys: Setting(keys, value, PLACE) for keys, value in told.items()})) == there
