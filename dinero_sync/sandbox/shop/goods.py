"""The shop's goods: products, categories and profiles.

Products come in an envelope and categories as a bare list, as recorded; nobody recorded profiles.
"""

from http import HTTPStatus

from flask import Response

from dinero_sync.sandbox.answers import json_answer, text_answer
from dinero_sync.sandbox.flask_answers import flask_response
from dinero_sync.sandbox.shop.listing import changed_since, one, page, with_number
from dinero_sync.sandbox.state import Sandbox


def product(sandbox: Sandbox, product_id: int) -> Response:
    """``GET /product/{id}``; one that was removed answers 410 in plain text."""
    found = sandbox.catalogue.products.get(product_id)
    if found is not None and found["removed_on"]:
        return flask_response(text_answer("410 Gone", HTTPStatus.GONE))
    return one(found)


def products(sandbox: Sandbox) -> Response:
    """``GET /product``: the same whole objects, without those that were removed."""
    kept = [each for each in sandbox.catalogue.products.values() if not each["removed_on"]]
    return page(sandbox, "products", changed_since(sandbox, kept))


def categories(sandbox: Sandbox) -> Response:
    """``GET /category``: a bare list."""
    return flask_response(json_answer(changed_since(sandbox, sandbox.catalogue.categories)))


def category(sandbox: Sandbox, category_id: int) -> Response:
    """``GET /category/{id}``."""
    return one(with_number(sandbox.catalogue.categories, "category_id", category_id))


def profiles(sandbox: Sandbox) -> Response:
    """``GET /profile``."""
    return page(sandbox, "profiles", sandbox.catalogue.profiles)


GOODS_ROUTES = (
    ("/product/<int:product_id>", product),
    ("/product", products),
    ("/category", categories),
    ("/category/<int:category_id>", category),
    ("/profile", profiles),
)
