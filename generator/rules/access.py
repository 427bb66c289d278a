"""What clients take from extensions to get access: tokens, the environment, where an operation is offered."""

from __future__ import annotations

from generator import access, pointer as pointers
from generator.bundle import Bundle
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import operations
from generator.structure import Kind, is_reference


@house_rule("token-endpoint")
def token_endpoint(bundle: Bundle) -> Breaches:
    """`x-token-endpoint` tells where tokens come from, in a way that clients know: they log in there."""
    for place in bundle.places:
        if place.kind is Kind.SECURITY_SCHEME and access.TOKEN_ENDPOINT in place.value:
            where = pointers.join(place.pointer, access.TOKEN_ENDPOINT)
            for below, message in access.token_endpoint_problems(place.value, bundle.document):
                yield where + below, message


@house_rule("environment")
def environment(bundle: Bundle) -> Breaches:
    """`x-environment` names a variable for each argument that is needed, and no other argument: clients read them."""
    for place in bundle.places:
        if access.ENVIRONMENT not in place.value or is_reference(place.value):
            continue
        where = pointers.join(place.pointer, access.ENVIRONMENT)
        if place.kind is Kind.SECURITY_SCHEME:
            problems = access.scheme_environment_problems(place.value, access.base_of(place.value))
        elif place.kind is Kind.PARAMETER:
            problems = access.parameter_environment_problems(place.value)
        else:
            continue
        for below, message in problems:
            yield where + below, message


@house_rule("published-in")
def published_in(bundle: Bundle) -> Breaches:
    """`x-published-in` names values of the server's variables: clients warn where an operation may be missing."""
    for operation in operations(bundle):
        if access.PUBLISHED_IN in operation.value:
            where = pointers.join(operation.pointer, access.PUBLISHED_IN)
            for below, message in access.published_problems(operation.value, bundle.document):
                yield where + below, message
