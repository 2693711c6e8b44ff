"""What a mail server's reply means, as far as its words say more than its code."""

import pytest

from hunter.net.smtp import is_spent


@pytest.mark.parametrize(
    "reply",
    [
        "5.4.5 Daily user sending quota exceeded. o65sm25351206pga.71 - gsmtp",
        "5.4.5 Daily user sending limit exceeded.\nFor more information on limits go to\nhttps://x.fr",
        "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process",
        "5.1.90 Your message can't be sent because you've reached your daily limit for recipients",
        "Domain en-marche.fr has exceeded the max emails per hour (50/50 (100%)) allowed.",
        "5.7.1 <DATA>: Data command rejected: only 10 messages per day",
        "User it@en-marche.fr has exceeded its 24-hour sending limit. Messages to 25 recipients",
        "Message would take you over your relay quota of 500. Current quota used: 487",
        "5.7.1 Hourly quota exceeded",
        "5.2.2 <it@en-marche.fr>: mailbox full",
    ],
)
def test_a_spent_quota_is_told_in_many_words(reply: str) -> None:
    """As servers have it: Gmail, Exchange Online, and the panels of shared hosting."""
    assert is_spent(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "5.7.1 never",
        "5.7.1 Spam score 9 exceeds the limit of 5",
        "5.3.4 message size exceeds the maximum",
        "5.4.6 too many hops",
        "5.7.1 only authorised sending hosts",
        "5.7.1 http://daily-limit.quota-exceeded.com/ is blocked",
        "5.7.1 content rejected: 24-hour-quota[.]max-per-hour.fr",
        "5.1.1 no such user quota@per-hour.fr",
    ],
)
def test_what_is_refused_for_good_is_none_whatever_names_stand_in_it(reply: str) -> None:
    """Whoever registers a name must not be able to hold up a channel."""
    assert not is_spent(reply)
