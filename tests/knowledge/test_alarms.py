"""Whatever was done and however the day is told: what cannot wait is never missed."""

from datetime import date
from itertools import product

TREATMENTS = [
    "a tummy tuck", "a breast reduction", "a facelift", "liposuction", "a nose job", "breast implants", "eyelid surgery", "a mastectomy", "a skin graft",
    "top surgery", "carpal tunnel surgery", "a hair transplant", "otoplasty",
]  # fmt: skip
DAYS = ["Two days after {}", "I had {} last week and now", "Post-op day 5 from {}:", "My mum had {} on Tuesday and", "Since {} on Friday"]
SIGNS = [
    "my calf is swollen and sore", "I suddenly can't breathe properly", "I have chest pain when I breathe in", "I have a fever of 39.5 and shivers",
    "the wound has opened up", "there is pus coming out of the stitches", "it won't stop bleeding", "I'm confused and very sleepy",
    "one side is suddenly hugely swollen and very painful", "I feel faint and my heart is racing", "the skin round the wound is going black",
    "the redness is spreading fast", "I can't pee", "the smell from the wound is foul", "I coughed up blood", "I fainted twice today", "my lips are blue",
]  # fmt: skip
USUAL = [
    "it is a bit sore",
    "there is some bruising",
    "my scar itches",
    "the stitches pull a little",
    "when can I shower",
    "I am healing well",
    "I have no fever",
]


def alarms(engine, text):
    return [sign.id for sign in engine.assess(text, date(2026, 11, 21)).urgent if sign.act != "soon"]


def test_every_sign_rings_after_every_treatment(engine):
    told = [f"{day.format(treatment)} {sign}." for treatment, day, sign in product(TREATMENTS, DAYS, SIGNS)]
    assert not [text for text in told if not alarms(engine, text)]


def test_what_is_usual_leaves_it_calm(engine):
    told = [f"{day.format(treatment)} {sign}." for treatment, day, sign in product(TREATMENTS, DAYS, USUAL)]
    assert not [text for text in told if alarms(engine, text)]
