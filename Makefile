# The commands of the house. Each installs what it is missing first.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup ui run test soak check bench mutants fuzz types icons sounds atlas licences build deb platforms apk ipa

help:
	@echo "make run     build everything and open the app beside a demo ministry"
	@echo "make test    every test, the real-window ones too"
	@echo "make soak    what was entered is never lost, 100,000 times (SEEDS=n)"
	@echo "make check   format, lints, types, licences, unused dependencies"
	@echo "make bench   the figures, each beside a peer"
	@echo "make mutants    break the code in many small ways, and see whether a test notices (hours)"
	@echo "make fuzz    the readers of alerts, pictures, PDF and SMS, given any bytes"
	@echo "make deb     the servers' package for Debian and Ubuntu, with its units"
	@echo "make platforms, make apk, make ipa   the other systems: a type-check from here, a build where an SDK is"

setup:
	@scripts/setup

ui: setup
	# what is not there yet is not watched: the next build of the desk looks again for its console
	@[ -d backend/console/dist ] || touch backend/build.rs
	cd ui && npm run --silent build
	cd backend/console && npm run --silent build

# what `tests` holds runs on Linux alone
build: ui
	cargo build --package saparlas --package ministry $(if $(filter Linux,$(shell uname)),--package tests)

run: build
	@scripts/run

test: build
	@scripts/test

# Whole lives of a phone and a register; a failing one is named, and SEED=n lives it again.
SEEDS ?= 100000
soak:
	SEEDS=$(SEEDS) cargo test --quiet --package companion --lib never_lost

check: ui
	@scripts/check

bench: ui
	@scripts/bench

# By command only: longer than a gate may be.

mutants:
	@scripts/mutants

fuzz:
	@scripts/fuzz

deb: ui
	@scripts/deb

# The other systems.

platforms: ui
	@scripts/platforms

apk: ui
	@scripts/apk

ipa: ui
	@scripts/ipa

# What is generated and committed.

types:
	UPDATE_TYPES=1 cargo test --quiet --package companion --test types

icons:
	icons/generate.sh

sounds: setup
	cd ui && npm run --silent sounds

licences: ui
	@scripts/licences

atlas:
	python3 crates/atlas/build-data.py
	python3 crates/atlas/build-emergency.py
