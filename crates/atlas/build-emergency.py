#!/usr/bin/env python3
"""Builds data/emergency.tsv and docs/emergency-review.md.

data/emergency-fcdo.tsv is the project's own reading of the UK pages and is edited by hand; a line whose note begins
"left out" is not taken, and an empty number means that the page says there is none. AOSP's table and libphonenumber's
short numbers are read from the folder SAPARLAS_CORPORA, by default ../shared/data beside the project.
"""

import csv
import os
import pathlib
import re
import sys
import textwrap
import xml.etree.ElementTree

DATA = pathlib.Path(__file__).resolve().parent / "data"
ROOT = DATA.parents[2]
CORPUS = ROOT / os.environ.get("SAPARLAS_CORPORA", "../shared/data") / "emergency"
REVIEW = ROOT / "docs/emergency-review.md"

SERVICES = ("police", "ambulance", "fire")
ORDER = ("general", *SERVICES)
FCDO = "UK FCDO, Getting help (2026-08)"
AOSP = "AOSP emergency numbers (2023-12)"
SHORT = "libphonenumber short numbers"
LABELS = {FCDO: "UK", AOSP: "AOSP", SHORT: "libphonenumber"}
# The short numbers are those of libphonenumber 9.0.35.
DATES = {FCDO: "2026-08", AOSP: "2023-12", SHORT: "2026-07"}

# Who else says that 112 is not for everything.
HELD_112 = {"IR": "Iranian Red Crescent, en.rcs.ir: its own number"}
INCOMPLETE = "not a complete number of today's numbering plan"
AOSP_LEFT_OUT = {
    ("GN", "442020"): INCOMPLETE, ("NA", "211111"): INCOMPLETE,
    ("ST", "222222"): INCOMPLETE, ("ST", "221222"): INCOMPLETE,
}


def read_table(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Claims:
    """What one source says of one country: the numbers it gives for everything, and those for one service."""

    def __init__(self):
        self.given = {service: [] for service in ORDER}
        self.none = set()  # services, or "general", of which the source says that there is no number
        self.left_out = []  # (service, number, why)

    def of(self, service):
        if service == "general":
            shared = [n for n in self.given["police"] if all(n in self.given[s] for s in SERVICES)]
            return list(dict.fromkeys([*self.given["general"], *shared]))
        return self.given[service] or ([] if service in self.none else self.given["general"])

    def spread(self, service):
        """Whether the numbers of this service are those for everything."""
        return bool(self.of(service)) and not self.given[service]

    def says(self, service, number):
        return number in self.of(service) or (service not in self.none and number in self.of("general"))

    def any(self):
        return any(self.given.values())


def read_fcdo():
    claims = {}
    for row in read_table("emergency-fcdo.tsv"):
        entry = claims.setdefault(row["country"], Claims())
        service, number, note = row["service"], row["number"], row["note"]
        if note.startswith("left out"):
            entry.left_out.append((service, number, note.removeprefix("left out: ")))
        elif number:
            entry.given[service].append(number)
        else:
            entry.none.add(service)
    return claims


def read_aosp(fcdo):
    claims = {}
    text = (CORPUS / "aosp-eccdata.txt").read_text(encoding="utf-8")
    for block in re.split(r"^countries \{$", text, flags=re.M)[1:]:
        country = re.search(r'iso_code: "(\w+)"', block)[1]
        entry = claims[country] = Claims()
        for number in re.findall(r"^  eccs \{\n(.*?)^  \}", block, flags=re.M | re.S):
            digits = re.search(r'phone_number: "(\d+)"', number)[1]
            services = [s for s in SERVICES if f"types: {s.upper()}" in number]
            ordinary = "routing: NORMAL" in number
            if why := AOSP_LEFT_OUT.get((country, digits)):
                entry.left_out += [(service, digits, why) for service in services]
            elif len(services) == len(SERVICES):
                if entry.given["general"] and digits != "112":
                    entry.left_out.append(("general", digits, "another number for the same, listed after the first"))
                else:
                    entry.given["general"].append(digits)
            else:
                for service in services:
                    if ordinary and not (country in fcdo and fcdo[country].says(service, digits)):
                        why = "not dialled as an emergency call, and the UK page lacks it"
                        entry.left_out.append((service, digits, why))
                    else:
                        entry.given[service].append(digits)
    return claims


def read_short():
    """Country -> kind of short number -> pattern."""
    kinds = ("emergency", "tollFree", "shortCode")
    short = {}
    for territory in xml.etree.ElementTree.parse(CORPUS / "ShortNumberMetadata.xml").iter("territory"):
        patterns = {kind: territory.findtext(f"{kind}/nationalNumberPattern") for kind in kinds}
        short[territory.get("id")] = {k: re.compile("".join(p.split())) for k, p in patterns.items() if p}
    return short


def is_short(short, country, kind, number):
    pattern = short.get(country, {}).get(kind)
    return bool(pattern and pattern.fullmatch(number))


def keeps_112_for(claims):
    """The services that the source gives 112 to, so that it cannot be taken for everything."""
    given = [service for service in SERVICES if "112" in claims.given[service]]
    return given + [why for service, number, why in claims.left_out if (service, number) == ("other", "112")]


def merge(country, sources, short):
    """Rows of one country, sorted, and why 112 is held back if it is."""
    known = {name: claims[country] for name, claims in sources.items() if country in claims}
    rows, held_back = [], ""
    for service in ORDER:
        numbers = list(dict.fromkeys(n for claims in known.values() for n in claims.of(service)))
        if service == "general" and is_short(short, country, "emergency", "112") and "112" not in numbers:
            kept_for = {LABELS[name]: keeps_112_for(claims) for name, claims in known.items()}
            held_back = "; ".join(f"{label}: {', '.join(kept)}" for label, kept in kept_for.items() if kept)
            held_back = held_back or HELD_112.get(country, "")
            if not held_back and any(claims.any() for claims in known.values()):
                numbers.append("112")
        found = []
        for number in numbers:
            named = [name for name, claims in known.items() if claims.says(service, number)]
            if (service, number) == ("general", "112") and len(named) < 2:
                named += [SHORT] if is_short(short, country, "emergency", number) else []
            found.append([country, service, number, "; ".join(named), DATES[named[0]]])
        rows += sorted(found, key=lambda row: (FCDO not in row[3], AOSP not in row[3]))
    return rows, held_back


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n" if rows else "None.\n"


def wrap(names):
    return "\n".join(textwrap.wrap(", ".join(names) + ".", 120, break_on_hyphens=False)) + "\n" if names else "None.\n"


def disagreements(fcdo, aosp):
    """(how, service, UK numbers, AOSP numbers) wherever the two are not the same."""
    found = []
    for service in ORDER:
        ours, theirs = fcdo.of(service), aosp.of(service)
        if not ours or not theirs or set(ours) == set(theirs):
            continue
        if service != "general" and fcdo.spread(service) and aosp.spread(service):
            continue  # told once, under "general"
        if set(ours) & set(theirs):
            how = "more"
        else:
            how = "different" if service == "general" or fcdo.spread(service) == aosp.spread(service) else "spread"
        found.append((how, service, ours, theirs))
    return found


def review(countries, sources, short, rows, held_back):
    fcdo, aosp = sources[FCDO], sources[AOSP]
    name = {code: f"{code} {english}" for code, english in countries.items()}
    covered = sorted({row[0] for row in rows})

    def known(country, numbers):
        return ", ".join(n for n in numbers if is_short(short, country, "emergency", n)) or "none of them"

    def numbers_of(country, wanted=None):
        of = {}
        for code, service, number, *_ in rows:
            if code == country and (wanted is None or service == wanted):
                of.setdefault(service, []).append(number)
        return "; ".join(f"{service} {', '.join(numbers)}" for service, numbers in of.items())

    told = {"different": [], "spread": [], "more": []}
    for country in covered:
        if country in fcdo and country in aosp:
            for how, service, ours, theirs in disagreements(fcdo[country], aosp[country]):
                both = known(country, dict.fromkeys([*ours, *theirs]))
                told[how].append([name[country], service, ", ".join(ours), ", ".join(theirs), both])
    denied = []
    for country in covered:
        for service in sorted(fcdo[country].none) if country in fcdo else []:
            shown = [row[2] for row in rows if row[0] == country and service in ("general", row[1])]
            what = numbers_of(country, None if service == "general" else service) or "no number for it"
            asked = "any" if service == "general" else service
            denied.append([name[country], asked, what, known(country, dict.fromkeys(shown))])
    single = [[name[c], "UK" if c in fcdo and fcdo[c].any() else "AOSP", numbers_of(c)] for c in covered
              if (c in fcdo and fcdo[c].any()) != (c in aosp and aosp[c].any())]

    unconfirmed = {}
    for country, service, number, source, _ in rows:
        if not is_short(short, country, "emergency", number):
            unconfirmed.setdefault((country, number), []).append((service, source))
    doubtful = []
    for (country, number), said in unconfirmed.items():
        if is_short(short, country, "tollFree", number):
            kind = "a free short number"
        elif is_short(short, country, "shortCode", number):
            kind = "a short number, not marked free or emergency"
        else:
            kind = "an ordinary number, not in this list" if len(number) > 5 else "not known there"
        by = [label for source, label in LABELS.items() if any(source in named for _, named in said)]
        doubtful.append([name[country], number, ", ".join(service for service, _ in said), ", ".join(by), kind])

    alone = [name[row[0]] for row in rows if row[3] == SHORT]

    nothing = []
    for code in countries:
        if code not in covered:
            page = "says where to ask, names no number" if code in fcdo else ""
            pattern = short.get(code, {}).get("emergency")
            nothing.append([name[code], page, f"`{pattern.pattern}`".replace("|", r"\|") if pattern else ""])
    lacking = [[name[c], ", ".join(s for s in SERVICES if not numbers_of(c, s)), numbers_of(c)]
               for c in covered if not all(numbers_of(c, s) for s in SERVICES)]
    left_out = [[name[c], service, number, LABELS[source], why] for c in covered for source, claims in sources.items()
                if c in claims for service, number, why in claims[c].left_out if number]
    conditions = [[name[row["country"]], row["service"], row["number"], row["note"]]
                  for row in read_table("emergency-fcdo.tsv")
                  if row["note"] and not row["note"].startswith("left out") and row["number"]]
    sides = ["country", "service", "UK", "AOSP", "libphonenumber knows as emergency"]

    return f"""# Emergency numbers to check by hand

Check these numbers with the missions before a release. Start with section 1.

`crates/atlas/build-emergency.py` writes this page and `crates/atlas/data/emergency.tsv`. Do not edit either by hand.
Correct `crates/atlas/data/emergency-fcdo.tsv`, the reading of the UK pages, and run the script again.

The sources are:

- UK: the "Getting help" pages of the UK Foreign, Commonwealth & Development Office, August 2026, read by hand.
- AOSP: the table of emergency numbers in Android, December 2023.
- libphonenumber: its list of short numbers, version 9.0.35, July 2026. It says which short numbers exist and which
  reach an emergency service. It does not say which service.

The rules are:

- Where the UK and AOSP differ, the app shows both, each with its source.
- A number is "general" where a source gives it for police, ambulance and fire alike, or calls it the number for
  emergencies. Where a source names no other number for a service, its general number stands for that service too.
- 112 is also general where libphonenumber lists it as an emergency number, unless a source keeps it for one service.
  AOSP's fallback number is not counted: it says what a phone dials, not who answers.
- Of several numbers for everything in AOSP, the first counts, and 112. The others repeat it.
- The app is on a mobile phone. Numbers for landlines only are left out.
- Numbers of tourist police, coastguards, mountain rescue, military police and charities are left out.
- A number longer than five digits is taken only where a source gives it as the number of that service, complete enough
  to dial.
- A territory without an entry of its own does not borrow the numbers of another country.

The table holds {len(rows)} numbers for {len(covered)} countries and territories out of {len(countries)}.

## 1. The sources disagree

### Different numbers for the same service

Ask first about these. The two sources have no number in common.

{table(sides, told["different"])}
### One number for everything against one for the service

Both may be right: many countries keep the older numbers beside the newer one.

{table(sides, told["spread"])}
### The UK page says there is no number, or names none

Where AOSP has one, the app shows it with its source and date.

{table(["country", "service", "what the app shows", "libphonenumber knows as emergency"], denied)}
### One source gives more numbers than the other

{table(sides, told["more"])}
## 2. One source only

{table(["country", "source", "what the app shows"], single)}
### 112 on the word of libphonenumber alone

The app shows 112 for any emergency there. Ask whether that is right: libphonenumber does not say which service answers.

{wrap(alone)}
## 3. Not confirmed by the list of short numbers

libphonenumber does not list these as emergency numbers of the country. The last column says what it does know.

{table(["country", "number", "service", "source", "in libphonenumber"], doubtful)}
## 4. No source

The app claims nothing there and shows no local number. A person must find the numbers and fill them in. The last column
is a lead: what libphonenumber lists as emergency numbers, without the service.

{table(["country or territory", "UK page", "lead"], nothing)}
## 5. A service without a number

{table(["country", "missing", "what the app shows"], lacking)}
## 6. What the UK page adds to a number

The app shows the number without the note.

{table(["country", "service", "number", "note"], conditions)}
## 7. Numbers left out

{table(["country", "service", "number", "source", "why"], left_out)}
## 8. 112 held back

libphonenumber lists 112 as an emergency number there, but another source gives it to one service only. It may still
work for everything. A person must decide.

{table(["country", "who gives 112 to what"], [[name[c], why] for c, why in held_back.items()])}"""


def main():
    if not CORPUS.is_dir():
        sys.exit(f"no corpus: {CORPUS}; name its folder in SAPARLAS_CORPORA")
    countries = {row["code"]: row["en"] for row in read_table("countries.tsv")}
    fcdo, short = read_fcdo(), read_short()
    sources = {FCDO: fcdo, AOSP: read_aosp(fcdo)}
    rows, held_back = [], {}
    for country in sorted(set(countries) & (set(sources[FCDO]) | set(sources[AOSP]))):
        of_country, why = merge(country, sources, short)
        rows += of_country
        held_back |= {country: why} if why else {}
    text = "\n".join("\t".join(row) for row in [["country", "service", "number", "source", "date"], *rows]) + "\n"
    (DATA / "emergency.tsv").write_text(text, encoding="utf-8")
    REVIEW.write_text(review(countries, sources, short, rows, held_back), encoding="utf-8")
    print(f"emergency.tsv: {len(rows)} rows, {len({row[0] for row in rows})} countries")


if __name__ == "__main__":
    main()
