"""Kleene's laws, on all combinations of three values."""

from itertools import product

import pytest

from gillies.logic import MET, NOT_MET, UNKNOWN, Truth, all_of, any_of, at_least_of, negate, truth_of

VALUES = list(Truth)
PAIRS = list(product(VALUES, VALUES))
TRIPLES = list(product(VALUES, VALUES, VALUES))


def test_truth_value_cannot_be_used_as_a_bool():
    with pytest.raises(TypeError, match="met, not met or unknown"):
        bool(Truth.UNKNOWN)


def test_none_is_unknown():
    assert [truth_of(value) for value in (True, False, None)] == [MET, NOT_MET, UNKNOWN]


@pytest.mark.parametrize("a", VALUES)
def test_double_negation(a):
    assert negate(negate(a)) is a


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_de_morgan(a, b):
    assert negate(all_of([a, b])) is any_of([negate(a), negate(b)])
    assert negate(any_of([a, b])) is all_of([negate(a), negate(b)])


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_order_does_not_matter(a, b):
    assert all_of([a, b]) is all_of([b, a])
    assert any_of([a, b]) is any_of([b, a])


@pytest.mark.parametrize(("a", "b", "c"), TRIPLES)
def test_grouping_and_distribution(a, b, c):
    assert all_of([a, all_of([b, c])]) is all_of([a, b, c])
    assert any_of([a, any_of([b, c])]) is any_of([a, b, c])
    assert all_of([a, any_of([b, c])]) is any_of([all_of([a, b]), all_of([a, c])])


@pytest.mark.parametrize(("a", "b", "c"), TRIPLES)
def test_at_least_one_is_any_and_at_least_all_is_all(a, b, c):
    assert at_least_of(1, [a, b, c]) is any_of([a, b, c])
    assert at_least_of(3, [a, b, c]) is all_of([a, b, c])


def test_of_nothing():
    assert all_of([]) is MET
    assert any_of([]) is NOT_MET
