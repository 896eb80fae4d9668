"""The month as its shop's owner goes through it, by the installed command, and checked."""

from pathlib import Path

from dinero_sync.sandbox import running_sandbox
from dinero_sync.sandbox.month import trade
from dinero_sync.sandbox.month.files import BANK_FILE, Month, bank_statement, settlement_files
from dinero_sync.sandbox.month.rules import month_config
from dinero_sync.sandbox.stage import Stage, say
from dinero_sync.sandbox.state import Sandbox


def main(folder: Path) -> int:
    stage = Stage(folder)
    with running_sandbox(orders="none") as sandbox:
        first = trade.month_before(sandbox.today())
        sandbox.add_orders(trade.raw_orders(first))
        stage.begin(month_config(sandbox.url, first))
        for number, name, gateway in trade.WAYS.values():
            known = {each["payment_gateway_id"] for each in sandbox.catalogue.gateways}
            if number not in known:
                sandbox.catalogue.gateways.append(
                    {"payment_gateway_id": number, "name": name, "gateway": gateway}
                )
        sandbox.returns.append(trade.a_return())
        stage.run("run", "--table")
        stage.run("status")
        month = Month(first, sandbox.orders)
        sandbox.change_order(trade.order_id(trade.CANCELLED), {"status": "cancelled"})
        inbox = stage.folder / "payouts"
        inbox.mkdir()
        for name, text in settlement_files(month).items():
            (inbox / name).write_text(text, encoding="utf-8")
        (stage.folder / BANK_FILE).write_text(bank_statement(month), encoding="utf-8")
        stage.run("credit", f"#{trade.PART_RETURNED}", "--line", "KRUS-01:1", "--reason", "Retur", "--date", str(first.replace(day=12)))
        stage.run("payouts", "--statement", str(stage.folder / BANK_FILE))
        stage.run("run", "--table")
        stage.run("status")
        last = first.replace(day=28)
        stage.run("clearing", "--from", str(first), "--until", str(last))
        breakpoint() if False else None
    return 0
