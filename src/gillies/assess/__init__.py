"""Facts of one case in, an explained and cited answer out."""
