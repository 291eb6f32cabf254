"""Random rules and facts for property tests."""

from hypothesis import strategies as st

from gillies.rules.nodes import All, Any, AtLeastOf, Compare, Is, Not

YES_NO = [f"yes{i}" for i in range(4)]
NUMBERS = [f"number{i}" for i in range(3)]

leaves = st.one_of(
    st.builds(
        lambda finding, value, document: Is(id="i", say="It holds", finding=finding, values=(value,), no_is_unknown=document),
        st.sampled_from(YES_NO),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(
        lambda finding, comparison, value: Compare(id="c", say="It holds", finding=finding, comparison=comparison, value=float(value), unit="mm"),
        st.sampled_from(NUMBERS),
        st.sampled_from(["at_least", "at_most", "more_than", "less_than"]),
        st.integers(0, 5),
    ),
)


def _groups(below):
    several = st.lists(below, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(lambda of: All(id="a", of=of), several),
        st.builds(lambda of: Any(id="o", of=of), several),
        st.builds(lambda of: Not(id="n", of=of), below),
        several.flatmap(lambda of: st.builds(lambda count: AtLeastOf(id="l", count=count, of=of), st.integers(1, len(of)))),
    )


rules = st.recursive(leaves, _groups, max_leaves=12)
facts = st.fixed_dictionaries(
    {},
    optional={name: st.booleans() for name in YES_NO} | {name: st.integers(0, 5).map(float) for name in NUMBERS},
)
