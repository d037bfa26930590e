"""Texts of `python -m bot check` about the network and the clock."""

SLACK, DATABRICKS = "Slack", "Databricks"


def reached(host: str) -> str:
    """Say that a host can be reached."""
    return f"{host} can be reached."


def no_address(host: str) -> str:
    """Say that a name is not known."""
    return f"The name {host} has no address here: check the setting that holds it, and this machine's DNS."


def no_connection(host: str, port: int) -> str:
    """Say that a connection was not made."""
    return f"No connection to {host} on port {port}: let the firewall pass it, the bot uses no proxy for it."


def not_trusted(host: str, why: str) -> str:
    """Say that a certificate is not trusted."""
    return (
        f"The certificate of {host} is not trusted here ({why}): a proxy may stand between, so exempt the "
        "host, or add the proxy's certificate to this machine's."
    )


def no_tls(host: str) -> str:
    """Say that there was no agreement on TLS."""
    return f"{host} was reached, but there is no TLS: see what stands between, such as a proxy."


def right_clock(who: str) -> str:
    """Say that the clocks agree."""
    return f"This machine's clock agrees with that of {who}."


def wrong_clock(who: str, ahead: float) -> str:
    """Say that the clocks do not agree."""
    return f"This machine's clock is {_off(ahead)} that of {who}: let it be set by NTP."


def signatures_refused(ahead: float) -> str:
    """Say that the clocks differ so much that Slack's requests are refused."""
    return (
        f"This machine's clock is {_off(ahead)} that of Slack, whose requests the bot refuses when they are "
        "five minutes old: let it be set by NTP."
    )


def no_time(who: str) -> str:
    """Say that a server did not tell its time."""
    return f"{who} did not tell its time: see what is said of the network."


def _off(ahead: float) -> str:
    return f"{abs(ahead):.0f} seconds {'ahead of' if ahead > 0 else 'behind'}"
