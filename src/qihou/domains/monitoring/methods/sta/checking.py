"""Whether an expression means something for an entity: its names exist, and its kinds fit together."""

from __future__ import annotations

from .entities import ENTITIES, IDENTITY, Entity
from .errors import BadQuery
from .functions import FUNCTIONS, TIMES
from .tree import Binary, Call, Kind, Literal, Node, Path, Unary

_LOOSE = frozenset({Kind.ANY, Kind.NULL})
_ARITHMETIC = frozenset({"add", "sub", "mul", "div", "mod"})
_ORDER = frozenset({"gt", "ge", "lt", "le"})


def check_filter(tree: Node, entity: Entity, text: str) -> None:
    """Refuse an expression that is not a truth value about ``entity``.

    Raises:
        BadQuery: a name the entity does not have, a wrong kind, or an expression that is neither true nor false.
    """
    kind = kind_of(tree, entity, text)
    if kind not in (Kind.BOOLEAN, Kind.ANY):
        raise BadQuery(f"$filter must be true or false, but this is {kind}", text, tree.at)


def kind_of(node: Node, entity: Entity, text: str) -> Kind:
    """What kind of value ``node`` gives.

    Raises:
        BadQuery: a name the entity does not have, or kinds that do not fit.
    """
    match node:
        case Literal(kind=kind):
            return kind
        case Path():
            return _path(node, entity, text)
        case Call():
            return _call(node, entity, text)
        case Unary(operator="not"):
            _want(node.operand, frozenset({Kind.BOOLEAN}), entity, text, "not")
            return Kind.BOOLEAN
        case Unary():
            _want(node.operand, frozenset({Kind.NUMBER, Kind.DURATION}), entity, text, "-")
            return kind_of(node.operand, entity, text)
        case Binary():
            return _binary(node, entity, text)
    raise TypeError(f"{type(node).__name__} is no part of an expression")


def _path(node: Path, entity: Entity, text: str) -> Kind:
    here, parts = entity, list(node.parts)
    while parts and parts[0] in here.links:
        here = ENTITIES[here.links[parts.pop(0)].target]
    if not parts:
        raise BadQuery(f"a property of {here.name} should follow, e.g. {node.parts[-1]}/@iot.id", text, node.at)
    name, inside = parts[0], parts[1:]
    if name in IDENTITY and not inside:
        return Kind.NUMBER
    found = here.properties.get(name)
    if found is None:
        known = ", ".join([*here.properties, *here.links])
        raise BadQuery(f"{here.name} has no {name!r}; it has @iot.id, {known}", text, node.at)
    if inside and not found.open:
        raise BadQuery(f"{here.name}/{name} has nothing inside it", text, node.at)
    return Kind.ANY if inside else found.kind


def _call(node: Call, entity: Entity, text: str) -> Kind:
    function = FUNCTIONS[node.name]
    for argument, kinds in zip(node.arguments, function.takes, strict=False):
        _want(argument, kinds, entity, text, node.name)
    return function.gives


def _want(node: Node, kinds: frozenset[Kind], entity: Entity, text: str, by: str) -> None:
    found = kind_of(node, entity, text)
    if found not in kinds and found is not Kind.ANY:
        raise BadQuery(f"{by} needs {' or '.join(sorted(kinds))}, not {found}", text, node.at)


def _binary(node: Binary, entity: Entity, text: str) -> Kind:
    if node.operator in ("and", "or"):
        for side in (node.left, node.right):
            _want(side, frozenset({Kind.BOOLEAN}), entity, text, node.operator)
        return Kind.BOOLEAN
    left, right = kind_of(node.left, entity, text), kind_of(node.right, entity, text)
    if node.operator in _ARITHMETIC:
        return _worked_out(node, left, right, text)
    if node.operator in _ORDER and Kind.NULL in (left, right):
        raise BadQuery("null is neither more nor less than anything; use eq or ne", text, node.at)
    comparable = left == right or left in _LOOSE or right in _LOOSE or {left, right} <= TIMES
    if not comparable or (node.operator in _ORDER and Kind.SHAPE in (left, right)):
        raise BadQuery(f"{left} cannot be compared with {right} by {node.operator}", text, node.at)
    return Kind.BOOLEAN


def _worked_out(node: Binary, left: Kind, right: Kind, text: str) -> Kind:
    """Numbers with numbers; an instant or a date more or less a duration; the time between two instants."""
    numeric = {Kind.NUMBER, Kind.ANY}
    if left in numeric and right in numeric:
        return Kind.NUMBER
    if node.operator in ("add", "sub") and right is Kind.DURATION:
        if left in (Kind.INSTANT, Kind.DATE, Kind.DURATION):
            return left
        if left in (Kind.INTERVAL, Kind.ANY):
            return Kind.INSTANT
    if node.operator == "sub" and left == right and left in (Kind.INSTANT, Kind.DATE):
        return Kind.DURATION
    raise BadQuery(f"{node.operator} cannot join {left} and {right}", text, node.at)
