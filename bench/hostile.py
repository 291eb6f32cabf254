"""Texts made to be slow to read, one shape each: what stands here is repeated until the text is as long as wanted. tests/check reads short ones."""

SHAPES = {
    "no sentence ends": "plastic surgeons are not always board certified and botox lasts for three years while fillers never cause swelling ",
    "one letter": "a",
    "only terms": "botox rhinoplasty facelift liposuction dermal filler plastic surgeon ABMS insurance ",
    "only denials": "not no never without cannot ",
    "nested brackets": "(botox [(<",
    "open marks": "](<!--`",
    "many numbers": "1 2,5 30% one in ten within two weeks 1,000,000 ",
    "only newlines": "\n",
    "a word a line": "botox\n",
    "no blanks": "botox,filler;surgeon-",
    "only stops": ". ! ? ",
    "marks on letters": "a\u0301b\u0308 surgeo\u0303n ",
    "claims of adverts": "Our painless, scarless, guaranteed results are the best! ",
    "each takes up the last": "It lasts. They are safe. This is a myth. ",
}
"""Shape -> what is repeated."""


def of_length(shape: str, length: int) -> str:
    """A text of that shape, so many characters long."""
    unit = SHAPES[shape]
    return (unit * (length // len(unit) + 1))[:length]
