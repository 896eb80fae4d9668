"""From our answers to Flask's."""

from flask import Response

from dinero_sync.sandbox.answers import Answer


def flask_response(answer: Answer) -> Response:
    """Turn an answer into Flask's form of it."""
    return Response(
        answer.body,
        status=answer.status,
        headers=dict(answer.headers),
        content_type=answer.content_type,
    )
