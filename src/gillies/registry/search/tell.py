"""A search's answer for the terminal."""

from gillies.registry.search.answer import Distance, Found, Result, Specialty
from gillies.terminal import FIT, Page, Style

ABOUT = (
    "Specialties are what providers say of themselves in NPPES: nobody has checked them, and they prove no board certification. "
    "Names and addresses are as on record there."
)
MOST_SPECIALTIES = 4


def as_text(found: Found, look: Style) -> str:
    """The whole answer, ending in a newline."""
    page = Page(look)
    for say in found.stale:
        page.text(f"STALE: {say}", 0, 2, code="1;31")
    if found.made_up != "none":
        share = "All" if found.made_up == "all" else "Some"
        page.text(f"{share} of these providers are made up (their numbers begin with 9): for trying things out only.", 0, 2, code="1;33")
    page.head(_head(found))
    for note in found.notes:
        page.text(note, 0, 2, code="33")
    for result in found.results:
        page.lines.append("")
        _provider(page, result)
    if found.results:
        page.lines.append("")
        if found.total > len(found.results):
            page.text(f"{found.total - len(found.results):,} more fit: --most shows more, --state, --city, --zip or --specialty narrow it down.", code="1")
        page.text(ABOUT + (" Distances are from the middle of one ZIP to the middle of the other." if found.asked.zip else ""), code="2")
    return "\n".join(page.lines).lstrip("\n") + "\n"


def _head(found: Found) -> str:
    asked = found.asked
    parts = [f'"{asked.text.strip()}"'] if asked.text.strip() else []
    parts += [f"training for {asked.procedure}"] if asked.procedure else []
    parts += [asked.specialty] if asked.specialty else []
    place = ", ".join(filter(None, (asked.city, asked.state)))
    parts += [f"in {place}"] if place else []
    parts += [f"within {asked.miles:g} miles ({asked.km:g} km) of {asked.zip}"] if asked.miles else []
    return f"{' '.join(parts)}: {found.total:,} {'may be meant' if asked.text.strip() else 'on record'}"


def _provider(page: Page, result: Result) -> None:
    look = page.look
    name = look.paint(result.name, "1")
    gone = look.paint(f"  DEACTIVATED since {result.deactivated}", "1;31") if result.deactivated else ""
    page.lines.append(f"{name}  {look.paint(f'NPI {result.npi}', '2')}{gone}")
    place = result.place
    where = ", ".join(filter(None, (place.address, place.address2, place.city, f"{place.state or ''} {place.zip5 or ''}".strip())))
    page.text(f"{where}{_far(result.distance, look)}", 3, 2)
    if result.specialties:
        shown = sorted(result.specialties, key=lambda each: not each.wanted)[:MOST_SPECIALTIES]
        more = len(result.specialties) - len(shown)
        page.text(f"self-reported: {'; '.join(map(_specialty, shown))}{f'; {more} more' if more else ''}", 3, 2)
    if result.training:
        page.text(f"for {result.training.procedure}: {FIT.get(result.training.fit, 'not known')}. {result.training.why}", 3, 2)
    other = "; ".join(f"{each.kind} {each.name}" for each in result.other_names)
    if other:
        page.text(other, 3, 2)
    if result.why:
        page.text(f"why: {', '.join(reason.say for reason in result.why)}", 3, 2, code="2")


def _specialty(each: Specialty) -> str:
    told = f" ({each.license_state} licence {each.license or 'withheld'})" if each.license_state else ""
    return f"{each.name or 'code'} {each.code}{told}"


def _far(distance: Distance | None, look: Style) -> str:
    if distance is None:
        return ""
    dot = look.sign(" · ", " - ")
    about = "about " if distance.rough else ""
    return f"{dot}in the same ZIP" if not distance.miles else f"{dot}{about}{distance.miles:g} mi ({distance.km:g} km)"
