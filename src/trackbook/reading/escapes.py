"""Commands of LaTeX in double quotes, in which YAML takes a backslash and what follows for a sign of its own."""

import re
from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_COMMAND = re.compile(
    r"""(?<!\\)(?:\\\\)*(?P<command>\\(?:
    nabla|neq?|neg|not|notin|nu|rangle|rfloor|rceil|rho|right|rightarrow|tanh?|tau|text(?:bf|it|rm)?|theta|tilde|times
    |to|top|triangle|Lambda|Leftarrow|Phi|Pi|Psi
    )(?![a-zA-Z]))""",
    re.VERBOSE,
)
"""Those whose letter makes a blank or a break; what makes a control character is told as that."""


def find_eaten(root: Node, text: str) -> Iterator[tuple[str, Node]]:
    """Each value with such a command, of which no more is left than its end, once."""
    waiting, met = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        if isinstance(node, ScalarNode):
            written = text[node.start_mark.index : node.end_mark.index] if node.style == '"' else ""
            if found := _COMMAND.search(written):
                yield found["command"], node
        elif isinstance(node, SequenceNode):
            waiting += node.value
        elif isinstance(node, MappingNode):
            waiting += [part for pair in node.value for part in pair]
