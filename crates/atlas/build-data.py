#!/usr/bin/env python3
"""Builds data/countries.tsv and data/airports.tsv from pinned, checksummed packages.

cities.tsv and airport-cities.tsv beside them are the project's own tables, edited by hand; build-emergency.py makes
emergency.tsv.
"""

import csv
import hashlib
import io
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

DATA = pathlib.Path(__file__).parent / "data"
LANGUAGES = ("kk", "ru", "en")

NPM = {
    "cldr-core@48.2.0": "5310e0c7a06c1feb83dc8e54c8584bbe0b9c2ea8320172a18d541986b124585d",
    "cldr-localenames-full@48.2.0": "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
}
PYPI = {
    "airportsdata==20260905": "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
    "tzdata==2026.6": "0a10eec6e13ef16b627fabed9a5f2ba61a62b1c67f327305f4e7e412a70b4aec",
}

# The zone of the seat of government, where a country has several or zone.tab has none.
CAPITAL_ZONES = {
    "AQ": "Antarctica/McMurdo", "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo", "BV": "Europe/Oslo", "CA": "America/Toronto", "CD": "Africa/Kinshasa",
    "CL": "America/Santiago", "CN": "Asia/Shanghai", "CY": "Asia/Nicosia", "DE": "Europe/Berlin",
    "EC": "America/Guayaquil", "ES": "Europe/Madrid", "FM": "Pacific/Pohnpei", "GL": "America/Nuuk",
    "HM": "Indian/Kerguelen", "ID": "Asia/Jakarta", "KI": "Pacific/Tarawa", "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro", "MN": "Asia/Ulaanbaatar", "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur", "NZ": "Pacific/Auckland", "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby", "PS": "Asia/Hebron", "PT": "Europe/Lisbon", "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv", "UM": "Pacific/Wake", "US": "America/New_York", "UZ": "Asia/Tashkent",
    "XK": "Europe/Belgrade",
}

# Where the package is wrong: degrees and minutes read as a decimal fraction.
POSITIONS = {"LUX": (49.6233, 6.2044)}

# What people type for a country and CLDR does not list.
ALSO = {
    "AE": ["БАӘ", "Эмираты", "Арабские Эмираты", "Объединённые Арабские Эмираты", "UAE", "Emirates"],
    "BY": ["Белоруссия"], "MD": ["Молдавия"], "TM": ["Туркмения"], "CZ": ["Czech Republic"], "GB": ["Англия", "England", "Британия"],
    "KG": ["Киргизия", "Қырғызстан"], "KR": ["Южная Корея", "Корея", "Korea"], "KP": ["Северная Корея"],
    "NL": ["Голландия", "Holland"], "RU": ["РФ"], "SA": ["Саудовская", "КСА", "KSA"],
    "TR": ["Türkiye", "Turkiye"], "US": ["Америка", "USA", "America"],
}


def download(folder):
    for package in NPM:
        subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*pip, *PYPI], cwd=folder, check=True)
    wanted = set(NPM.values()) | set(PYPI.values())
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in folder.iterdir()}
    if set(files) != wanted:
        sys.exit(f"a package is not the pinned one: {sorted(p.name for h, p in files.items() if h not in wanted)}")
    return files


def members(path):
    """File name inside the package -> bytes."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(path) as archive:
        return {m.name: archive.extractfile(m).read() for m in archive if m.isfile()}


def zones_by_country(tzdata):
    zones = {}
    for line in tzdata["tzdata/zoneinfo/zone.tab"].decode().splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones.setdefault(country, []).append(zone)
    return zones


def countries(names, numbers, tzdata, used):
    iso = {line.split("\t")[0] for line in tzdata["tzdata/zoneinfo/iso3166.tab"].decode().splitlines()
           if line and not line.startswith("#")}
    zones = zones_by_country(tzdata)
    for code in sorted(iso | used):
        row, others = [code], []
        for language in LANGUAGES:
            every = names[language]
            # Kazakh CLDR calls both Congos by one word unless the variant is taken.
            name = every["CD-alt-variant"] if (language, code) == ("kk", "CD") else every[code]
            row.append(name)
            others += [text for key, text in every.items() if key.split("-alt-")[0] == code and text != name]
        others += ALSO.get(code, [])
        zone = CAPITAL_ZONES.get(code) or (zones[code][0] if len(zones[code]) == 1 else sys.exit(f"zone of {code}?"))
        number = numbers.get(code, {}).get("_numeric", "")
        yield [*row, number, zone, ", ".join(dict.fromkeys(others))]


def airports(package):
    table = csv.DictReader(io.StringIO(package["airportsdata/airports.csv"].decode()))
    for row in sorted((r for r in table if r["iata"]), key=lambda r: r["iata"]):
        axes = POSITIONS.get(row["iata"], (row["lat"], row["lon"]))
        position = [f"{float(axis):.4f}" for axis in axes]
        clean = [" ".join(row[column].split()) for column in ("name", "city")]
        yield [row["iata"], *clean, row["country"], *position, row["tz"]]


def write(name, header, rows):
    rows = list(rows)
    text = "\n".join("\t".join(row) for row in [header, *rows]) + "\n"
    (DATA / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(rows)} rows")


def main():
    with tempfile.TemporaryDirectory() as temporary:
        files = download(pathlib.Path(temporary))
        package = {name: members(files[digest]) for name, digest in (NPM | PYPI).items()}
    localenames = package["cldr-localenames-full@48.2.0"]
    names = {
        language: json.loads(localenames[f"package/main/{language}/territories.json"])
        ["main"][language]["localeDisplayNames"]["territories"]
        for language in LANGUAGES
    }
    numbers = json.loads(package["cldr-core@48.2.0"]["package/supplemental/codeMappings.json"])
    numbers = numbers["supplemental"]["codeMappings"]
    rows = list(airports(package["airportsdata==20260905"]))
    write("countries.tsv", ["code", *LANGUAGES, "number", "time_zone", "also"],
          countries(names, numbers, package["tzdata==2026.6"], {row[3] for row in rows}))
    write("airports.tsv", ["code", "name", "city", "country", "lat", "lon", "time_zone"], rows)


if __name__ == "__main__":
    main()
