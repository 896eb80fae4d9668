"""Visma Connect's token endpoint: codes and refresh tokens for access tokens.

One-time refresh tokens: each use gives a new one and ends the old, after a grace period when one is
set (https://developer.dinero.dk/news/grace-period-on-refresh-tokens).
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta

from dinero_sync.sandbox.answers import Answer
from dinero_sync.sandbox.credentials import VISMA_CLIENT_ID, VISMA_CLIENT_SECRET
from dinero_sync.sandbox.dinero.call import new_guid
from dinero_sync.sandbox.state import Sandbox
from dinero_sync.sandbox.visma.answers import GrantRefusal, token_answer
from dinero_sync.sandbox.visma.consents import RefreshToken

OFFLINE = "offline_access"
USUAL_SCOPE = "dineropublicapi:read dineropublicapi:write offline_access"


def exchange_token(sandbox: Sandbox, form: Mapping[str, str], authorization: str) -> Answer:
    """Answer ``POST /connect/token``."""
    try:
        _check_client(sandbox, form, authorization)
        return _grant(sandbox, form)
    except GrantRefusal as refusal:
        return refusal.answer


def _grant(sandbox: Sandbox, form: Mapping[str, str]) -> Answer:
    kind = form.get("grant_type")
    if kind == "authorization_code":
        return _exchange_code(sandbox, form)
    if kind == "refresh_token":
        return _refresh(sandbox, form)
    raise GrantRefusal("unsupported_grant_type")


def _check_client(sandbox: Sandbox, form: Mapping[str, str], authorization: str) -> None:
    if authorization:
        sandbox.complain("Visma Connect takes the client's secret in the form, not in a header.")
    secret = form.get("client_secret", "").encode()
    is_ours = hmac.compare_digest(secret, VISMA_CLIENT_SECRET.encode())
    if form.get("client_id") != VISMA_CLIENT_ID or not is_ours:
        raise GrantRefusal("invalid_client")


def _exchange_code(sandbox: Sandbox, form: Mapping[str, str]) -> Answer:
    code = sandbox.consents.codes.get(form.get("code", ""))
    if code is None:
        raise GrantRefusal("invalid_grant")
    if code.used:
        revoke_consent(sandbox, code.consent)
        sandbox.complain("An authorisation code was sent twice; what it gave was revoked.")
        raise GrantRefusal("invalid_grant")
    code.used = True
    if sandbox.now() >= code.expires_at or form.get("redirect_uri") != code.redirect_uri:
        raise GrantRefusal("invalid_grant")
    if code.challenge and not _proves(form.get("code_verifier", ""), code.challenge):
        raise GrantRefusal("invalid_grant")
    return _give(sandbox, code.consent, code.scope)


def _proves(verifier: str, challenge: str) -> bool:
    """Check PKCE with S256 (RFC 7636 § 4.6)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(urlsafe_b64encode(digest).rstrip(b"="), challenge.encode())


def _refresh(sandbox: Sandbox, form: Mapping[str, str]) -> Answer:
    text = form.get("refresh_token", "")
    token = sandbox.consents.refresh_tokens.get(text)
    now = sandbox.now()
    if token is None or now >= token.expires_at:
        raise GrantRefusal("invalid_grant")
    if not sandbox.settings.one_time_refresh_tokens:
        return _give(sandbox, token.consent, token.scope, kept=text)
    grace = timedelta(seconds=sandbox.settings.refresh_grace_seconds)
    if token.used_at is not None and now >= token.used_at + grace:
        _refuse_reuse(sandbox, token)
    token.used_at = token.used_at or now
    return _give(sandbox, token.consent, token.scope)


def _refuse_reuse(sandbox: Sandbox, token: RefreshToken) -> None:
    sandbox.complain("A one-time refresh token was used twice.")
    if sandbox.settings.refresh_reuse_revokes:
        revoke_consent(sandbox, token.consent)
    raise GrantRefusal("invalid_grant")


def _give(sandbox: Sandbox, consent: str, scope: str, kept: str | None = None) -> Answer:
    seconds = sandbox.settings.access_token_seconds
    everything = tuple(sandbox.organisations)
    access = sandbox.access_tokens.give(everything, sandbox.now(), seconds, consent)
    refresh = kept
    if refresh is None and OFFLINE in scope.split():
        refresh = _new_refresh_token(sandbox, consent, scope)
    return token_answer(access, seconds, scope, refresh)


def _new_refresh_token(sandbox: Sandbox, consent: str, scope: str) -> str:
    life = timedelta(seconds=sandbox.settings.refresh_token_seconds)
    token = RefreshToken(consent=consent, scope=scope, expires_at=sandbox.now() + life)
    return sandbox.consents.add_refresh_token(token)


def grant_refresh_token(sandbox: Sandbox) -> str:
    """Give a consent without a browser and return its refresh token."""
    return _new_refresh_token(sandbox, new_guid(), USUAL_SCOPE)


def revoke_consent(sandbox: Sandbox, consent: str) -> None:
    """End everything that a consent gave."""
    sandbox.consents.revoke(consent)
    sandbox.access_tokens.revoke(consent)


def revoke_all_consents(sandbox: Sandbox) -> None:
    """End every consent, as the owner does by removing the program's access."""
    known = {token.consent for token in sandbox.consents.refresh_tokens.values()}
    for consent in known:
        revoke_consent(sandbox, consent)
