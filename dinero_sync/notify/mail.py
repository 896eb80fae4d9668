"""By mail, over SMTP. What a server answers may name people: its status alone is ever told."""

import smtplib
import ssl
from email import policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from dinero_sync.config.channels.notify import Mail
from dinero_sync.domain.spoken import spoken
from dinero_sync.notify.message import SECONDS, ChannelRefusedError, Message, NotToldError
from dinero_sync.way_out import THIS_MACHINE, tls_context

PASSING = range(400, 500)
"""RFC 5321 § 4.2.1: of these answers another try may have another."""


def send_mail(mail: Mail, message: Message, ca_file: Path | None) -> None:
    """Hand a message to the mail server; raises NotToldError, ChannelRefusedError, OwnSideError.

    What is sent beyond this machine is encrypted wherever the server can, and a password always.
    """
    host = mail.server.host
    try:
        with _connected(mail, ca_file) as server:
            if mail.user is not None and mail.password is not None:
                server.login(mail.user, mail.password.get_secret_value())
            sender, written = mail.sender or mail.to[0], _written(mail, message)
            server.sendmail(sender, mail.to, written.as_bytes(policy=policy.SMTP))
    except smtplib.SMTPRecipientsRefused as error:
        status = max(code for code, _ in error.recipients.values())
        raise _refused(host, status) from None
    except smtplib.SMTPResponseException as error:
        raise _refused(host, error.smtp_code) from None
    except ssl.SSLCertVerificationError as error:
        raise ChannelRefusedError(
            spoken(
                "The certificate of the mail server {host} isn't trusted here ({why}). Name the "
                "server as its certificate does, or name the file of your network's certificate "
                "authority as http.ca_file.",
                host=host,
                why=error.verify_message.rstrip("."),
            )
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise ChannelRefusedError(
            spoken(
                "The mail server {host} doesn't encrypt, so it isn't given the password; or it "
                "takes none. Write smtps:// or the port 587 in notify.mail.server, or remove user "
                "and password.",
                host=host,
            )
        ) from None
    except UnicodeEncodeError:
        raise ChannelRefusedError(
            spoken(
                "An address, the user or the password of notify.mail has a sign that can't be "
                "sent to a mail server, like æ, ø or å. Take another, with letters of a to z, "
                "digits and other plain signs."
            )
        ) from None
    except (smtplib.SMTPException, OSError) as error:
        raise NotToldError(
            spoken(
                "The mail server {host}, port {port}, can't be reached ({name}).",
                host=host,
                port=mail.server.port,
                name=type(error).__name__,
            )
        ) from None


def _connected(mail: Mail, ca_file: Path | None) -> smtplib.SMTP:
    """Connect, and encrypt: from the start, or as soon as the server can."""
    host, port = mail.server.host, mail.server.port
    if mail.server.is_encrypted:
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=tls_context(ca_file))
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        _encrypt(server, mail, ca_file)
    except BaseException:
        server.close()
        raise
    return server


def _encrypt(server: smtplib.SMTP, mail: Mail, ca_file: Path | None) -> None:
    """Encrypt from now on, where that leaves this machine and the server can."""
    server.ehlo()
    if mail.server.host in THIS_MACHINE:
        return
    if server.has_extn("starttls"):
        server.starttls(context=tls_context(ca_file))
    elif mail.password is not None:
        raise smtplib.SMTPNotSupportedError


def _written(mail: Mail, message: Message) -> EmailMessage:
    sender = mail.sender or mail.to[0]
    written = EmailMessage()
    written["From"] = sender
    written["To"] = ", ".join(mail.to)
    written["Subject"] = message.subject
    written["Date"] = formatdate(localtime=True)
    written["Message-ID"] = make_msgid(domain="dinero-sync.invalid")
    # so that nobody's holiday answers it (RFC 3834 § 5)
    written["Auto-Submitted"] = "auto-generated"
    written.set_content(message.text)
    return written


def _refused(host: str, status: int) -> NotToldError:
    if status in PASSING:
        return NotToldError(
            spoken(
                "The mail server {host} doesn't take the mail now (status {status}).",
                host=host,
                status=status,
            )
        )
    return ChannelRefusedError(
        spoken(
            "The mail server {host} refuses the mail (status {status}). 535: user or password; "
            "550, 553 or 554: one of the addresses.",
            host=host,
            status=status,
        )
    )
