"""The claims of the three articles that gillies began with, each said alone and in other words: what the check says of an article must not hang on
the sentences around a claim."""

import pytest

CLAIMS = {
    "supported": (
        "No law asks that a doctor be trained in cosmetic surgery.", "Cosmetic surgery works on parts that function as nature intended.",
        "Cosmetic operations are done for aesthetic reasons and not for functional ones.", "People often confuse plastic surgery with cosmetic surgery.",
        "Botox and fillers have gained popularity over the last few years.", "Cosmetic dermatology is a subset of dermatology.",
        "Treatments in cosmetic dermatology still carry risks.", "Cosmetic dermatology has a faster recovery than plastic surgery.",
    ),
    "contradicted": (
        "Plastic surgery and cosmetic surgery are the same medical specialty.", "Cosmetic surgeons have no residency and no fellowship in cosmetic surgery.",
        "Plastic surgery is solely for repairing injuries, burns and birth defects.", "Cosmetic surgery needs less scrutiny than other surgery.",
    ),
    "misleading": (
        "A cosmetic surgeon needs only a medical degree.", "The main goal of plastic surgery is to correct dysfunction.",
        "Plastic surgery and cosmetic surgery are not the same medical specialization.",
        "A plastic surgeon can also be a cosmetic surgeon, but a cosmetic surgeon cannot be a plastic surgeon.",
        "A plastic surgeon can perform cosmetic surgery, but it does not work the other way around.",
        "When their training is over, cosmetic surgeons may apply to the American Board of Cosmetic Surgery.",
        "Surgeons who finish a plastic surgery fellowship can be certified by the American Board of Plastic Surgery.",
        "After medical school cosmetic surgeons join a general or surgical fellowship.", "Botox, fillers, lasers and chemical peels are non-invasive.",
    ),
    "disputed": ("Cosmetic surgery is a medical specialty.", "Cosmetic surgery and plastic surgery are separate medical specialties."),
}  # fmt: skip


@pytest.mark.parametrize(("verdict", "claim"), [(verdict, claim) for verdict, claims in CLAIMS.items() for claim in claims])
def test_a_claim_of_the_articles_is_answered_alone(verdict, claim, statements):
    assert [one.verdict for one in statements(claim)] == [verdict]
