"""What must be true of a built site: checks like those of the course, over a `Site`."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from trackbook.built_site.check import ALL
from trackbook.built_site.reading import read_site
from trackbook.built_site.site import Site
from trackbook.checks import Check
from trackbook.issue import Issue

__all__ = ["check_site", "load_site_checks", "read_site"]


@cache
def load_site_checks() -> Mapping[str, Check[Site]]:
    """Every check of a built site by its code, in alphabetical order."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(sorted(ALL.items()))


def check_site(site: Site) -> list[Issue]:
    """Everything that is wrong in the site, sorted by place; paths are relative to its root."""
    issues = {check.make_issue(finding) for check in load_site_checks().values() for finding in check.run(site)}
    return sorted(issues, key=lambda issue: issue.sort_key)
