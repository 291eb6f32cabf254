"""Our own reasons are true, were looked up, and speak of the same things as our claims: where a claim calls one wrong, its patterns mean more than it says."""

from gillies.knowledge.load import read

WRONG = {"misleading", "contradicted"}


def test_our_own_reasons_are_hardly_ever_called_wrong(statements):
    """The reason of every record, and its claim where that is right, read as an article would be: under one in a hundred holds a marked statement."""
    knowledge, _ = read()
    told = [record.why.say for record in knowledge.statements.values()]
    told += [record.claim for record in knowledge.statements.values() if record.verdict == "supported"]
    marked = [text for text in told if any(one.verdict in WRONG and not one.frame.startswith("advert.") for one in statements(text))]
    assert len(told) > 6_000
    assert len(marked) < len(told) / 100, marked
