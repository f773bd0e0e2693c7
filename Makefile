# SPDX-License-Identifier: GPL-3.0-or-later
# A thin front over meson. `make help` says what there is.

PREFIX ?= /usr/local
BUILD ?= build
MESON_OPTIONS ?=
# SETUP=0 skips installing packages and fetching models, for a machine that has them already.
SETUP ?= 1
# TESTS="base camera" runs only the tests of these names.
TESTS ?=
# ATTACKS="--species photo --till 6" attacks less.
ATTACKS ?=
# TORTURE="--kills 500 --faults 200 --seed 7" tortures less, and the same again.
TORTURE ?=
# FUZZ=600 runs every fuzzer for ten minutes.
FUZZ ?= 120
# EVALUATE=FOLDER evaluates the photographs in another folder than ../shared/data.
EVALUATE ?=

ifeq ($(SANITIZE),1)
  BUILD := build-sanitize
  MESON_OPTIONS += -Db_sanitize=address,undefined -Db_lundef=false
endif

.DEFAULT_GOAL := build
.PHONY: build run test attacks torture fuzz evaluate bench bench-peers install clean format check-format setup configure help

# Every target rests on the one before; a parallel make would only have them wait for each other.
.NOTPARALLEL:

help:
	@echo 'make run           set up, build, and run the demo: a shop, a customer, a sale paid by face'
	@echo 'make test          set up, build, and run every test   TESTS="base camera": only these'
	@echo '                   SANITIZE=1: the same under AddressSanitizer and UndefinedBehaviorSanitizer'
	@echo 'make attacks       set up, build, and attack the till with clips; ATTACKS="--help" tells its options'
	@echo 'make torture       set up, build, kill till and gateway in the middle of payments thousands of times, and'
	@echo '                   compare their books row by row; TORTURE="--help" tells its options'
	@echo 'make fuzz          run the fuzzers, FUZZ=120 seconds each, in build-fuzz; needs clang'
	@echo 'make evaluate      set up, build, and report how often the till errs on the photographs in ../shared/data'
	@echo '                   EVALUATE=FOLDER: on those in FOLDER; scripts/run-evaluation tells what belongs into it'
	@echo 'make bench         set up, build, and print the benchmarks'
	@echo 'make bench-peers   fetch other ways to recognise faces, and measure beside them on ../shared/data'
	@echo 'make build         set up and build only (the default)'
	@echo 'make install       build and install below PREFIX (now $(PREFIX)), into DESTDIR when packaging'
	@echo 'make check-format  compare the sources with .clang-format; make format lays them out'
	@echo 'make clean         remove the builds and the demo'"'"'s pictures; models/files stays'
	@echo
	@echo 'Set up means: install the missing packages of scripts/packages.txt by apt, and fetch what'
	@echo 'models/manifest.json names. SETUP=0 leaves that out.'

setup:
ifneq ($(SETUP),0)
	@scripts/install-packages
	@scripts/fetch-models
endif

configure: setup
	@scripts/configure-build $(BUILD) --prefix=$(abspath $(PREFIX)) $(MESON_OPTIONS)

build: configure
	@ninja -C $(BUILD)

run: build
	@scripts/run-demo $(BUILD)

test: build
	@scripts/run-tests $(BUILD) $(TESTS)

attacks: build
	@scripts/run-attacks $(BUILD) $(ATTACKS)

torture: build
	@scripts/run-torture $(BUILD) $(TORTURE)

fuzz: setup
	@scripts/run-fuzz build-fuzz $(FUZZ)

evaluate: configure
	@scripts/run-evaluation $(BUILD) $(EVALUATE)

bench: build
	@scripts/run-bench $(BUILD)

bench-peers: build
	@SETUP=$(SETUP) scripts/run-bench-peers $(BUILD)

install: build
	@meson install -C $(BUILD) --no-rebuild --quiet
	@echo "installed into $(DESTDIR)$(abspath $(PREFIX))"

check-format:
	@scripts/check-format

format:
	@scripts/check-format --fix

clean:
	rm -rf build build-sanitize build-fuzz demo-output
