"""Where statements stand in a text, and what of a text is no statement: markup, addresses, brackets."""

import pytest

from gillies.check.door import open_check
from gillies.check.read import sentences, without_markup
from gillies.knowledge.build import build

MARKDOWN = """# Botox and fillers

Botox is **permanent**, says [one page](https://example.org/botox_is_permanent).

* Filler can cause blindness.
* Is it safe?

> Breast implants last a lifetime.

```
Botox is permanent.
```
"""


def test_markdown_is_read_as_its_text(statements):
    found = statements(MARKDOWN)
    assert [statement.verdict for statement in found] == ["contradicted", "supported", "contradicted"]
    for statement in found:
        assert MARKDOWN[slice(*statement.span)] == statement.quote


def test_markup_is_blanked_without_moving_anything():
    plain = without_markup(MARKDOWN)
    assert len(plain) == len(MARKDOWN)
    assert "example.org" not in plain
    assert plain.index("permanent") == MARKDOWN.index("permanent")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("It takes 1.5 hours, says Dr. Smith of the U.S. board.", 1),
        ("A line that goes on\nin lower case is one sentence.", 1),
        ("A heading\n\nA paragraph", 2),
        ("", 0),
    ],
)
def test_sentences(checker, text, count):
    assert len(sentences(text, checker.lexicon)) == count


def test_a_bracket_does_not_tear_a_sentence_apart(verdict):
    assert verdict("The American Board of Cosmetic Surgery (ABCS) is not recognized by ABMS.") == "supported"


def test_for_ever_is_forever(verdict):
    assert verdict("Botox lasts for ever.") == verdict("Botox lasts forever.") == "contradicted"


def test_each_statement_of_a_sentence_has_its_own_words(statements):
    found = statements("Botox is permanent, but filler can cause blindness.")
    assert [statement.verdict for statement in found] == ["contradicted", "supported"]
    assert found[0].span[1] <= found[1].span[0]


def test_a_number_sign_before_one_is_number_one(checker):
    words = [word[0] for word in sentences("We are the #1 clinic, see item #12.", checker.lexicon)[0].words]
    assert words == ["we", "are", "the", "number", "one", "clinic", "see", "item", "12"]


def test_what_silences_a_record_is_something_that_a_sentence_can_have():
    """A word of an `unless` that nothing is read as ("other", "year") would never silence its record; and none need stand there twice."""
    by_id = {held.id: held for held in open_check().lexicon.held}
    assert not [record.id for record in build().statements.values() if len(by_id[record.id].unless) < len(set(record.unless))]


def test_any_word_may_silence_a_record(statements):
    """The record on superficial peels says in plain words what it is not about; a text has these words in any form."""
    assert {statement.frame for statement in statements("A chemical peel suits every skin.")} == {"peel-suits-every-skin"}
    assert "peel-suits-every-skin" not in {statement.frame for statement in statements("A superficial chemical peel suits every skin.")}
