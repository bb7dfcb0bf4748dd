"""Nothing is asked of anybody else's server, whatever is opened."""

from collections.abc import Mapping

from tests.browser.gates.site import BuiltSite, Result
from tests.browser.gates.visits import visit_pages


def measure(site: BuiltSite, pages: Mapping[str, str]) -> Result:
    visits = visit_pages(site, pages)
    own = (site.address, "data:", "blob:" + site.address)
    breaches = [f"{visit.view}: {url}" for visit in visits for url in visit.requests if not url.startswith(own)]
    asked = sum(len(visit.requests) for visit in visits)
    return Result(f"{len(breaches)} of {asked} requests", breaches)
