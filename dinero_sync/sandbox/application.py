"""The Flask application that carries all services under their prefixes."""

from functools import partial
from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from dinero_sync.sandbox.answers import Answer, text_answer
from dinero_sync.sandbox.control import control_routes
from dinero_sync.sandbox.dinero.routes import dinero_routes
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.page import page_routes
from dinero_sync.sandbox.shop.routes import shop_routes
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sandbox.vies import vies_routes
from dinero_sync.sandbox.visma.authorisation import api_key_routes, visma_routes


def make_application(sandbox: Sandbox) -> Flask:
    """Put the services together."""
    application = Flask("dinero_sync.sandbox")
    for routes in (
        shop_routes,
        dinero_routes,
        visma_routes,
        api_key_routes,
        vies_routes,
        control_routes,
        page_routes,
    ):
        application.register_blueprint(routes(sandbox))
    application.register_error_handler(HTTPException, partial(_no_route, sandbox))
    return application


def _no_route(sandbox: Sandbox, error: HTTPException) -> Response:
    """Answer what no route takes: with nothing at Dinero, with a line of text at the shop."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        sandbox.complain("The sandbox itself failed; its stderr says why.")
    else:
        sandbox.complain("No service has this path with this method.")
    if request.path.startswith("/shoporama/"):
        return flask_response(text_answer(f"{status} {error.name}", status))
    return flask_response(Answer(status))
