# Every command of the project. `make help` lists them; CI calls the same ones.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
export CARGO_TERM_COLOR ?= auto

# Every feature, and all of them at once.
EACH := sha1 sha512 md5 jwt canonical ed25519 ecdsa rsa std http capture outgoing scheme-text explain
FEATURES := $(shell sed 's/ /,/g; s/[a-z0-9-]*,\?/hookseal\/&/g' <<< '$(EACH)')
NEXT = @started=$$SECONDS; step() { local from=$$SECONDS; "$$@"; echo "== $$((SECONDS - from)) s: $$*"; }; trap 'echo "== $$((SECONDS - started)) s in all: make $@"' EXIT;
BINDINGS := bindings-shared bindings-python bindings-node service
T ?= 60

.PHONY: help demo page test test-servers lint confusion leaks oracles bench fuzz prove-claims prove-ct mutants miri generate size

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

demo: ## deliver real and forged webhooks to a running receiver, and print the verdicts
	cargo run --release -p hookseal-cli --example demo

page: ## build the page that explains a signature, and serve it on loopback
	bindings-wasm/build.sh
	bindings-wasm/page/build
	bindings-wasm/page/serve

test: ## all tests of the core, the command line, the crates, the packages and the page, with short proofs
	$(NEXT) \
	step cargo test --quiet -p hookseal --features $(FEATURES); \
	step cargo test --quiet -p hookseal --no-default-features --lib; \
	step cargo test --quiet -p hookseal-cli; \
	step proofs/no-std/run; \
	step proofs/no-panic/run; \
	step proofs/memory/run; \
	step proofs/size/run; \
	step proofs/ct/run short; \
	step cargo test --quiet --manifest-path bindings-shared/Cargo.toml; \
	step service/texts/copy --check; \
	step cargo test --quiet --locked --manifest-path service/Cargo.toml --all-features; \
	step bindings-python/test; \
	step bindings-node/test.sh; \
	step proofs/claims/run short; \
	step bindings-wasm/test.sh; \
	step bindings-wasm/page/test.sh

test-servers: ## what needs real servers: the demo over HTTP, and 30 s of every fuzz target
	$(NEXT) \
	step $(MAKE) --no-print-directory demo; \
	step fuzz/run 30

lint: ## formatting, clippy, the oldest compiler, licences, packaging, file sizes
	$(NEXT) \
	step cargo fmt --all --check; \
	step cargo clippy --quiet --workspace --all-targets --features $(FEATURES) -- -D warnings; \
	step cargo clippy --quiet -p hookseal --no-default-features -- -D warnings; \
	for feature in $(EACH); do \
		step cargo clippy --quiet -p hookseal --no-default-features --features $$feature -- -D warnings; \
	done; \
	for each in $(BINDINGS); do \
		step cargo fmt --manifest-path $$each/Cargo.toml --check; \
		step cargo clippy --manifest-path $$each/Cargo.toml --quiet --locked --all-targets --all-features \
			-- -D warnings; \
	done; \
	for each in examples/payments/axum proofs/claims/workers/rust; do \
		step cargo fmt --manifest-path $$each/Cargo.toml --check; \
	done; \
	step cargo fmt --manifest-path bindings-wasm/build-tool/Cargo.toml --check; \
	step cargo fmt --manifest-path bindings-wasm/parts/Cargo.toml --check; \
	step cargo fmt --manifest-path bindings-wasm/Cargo.toml --check; \
	step cargo clippy --manifest-path bindings-wasm/Cargo.toml --quiet --locked \
		--target wasm32-unknown-unknown -- -D warnings; \
	step cargo clippy --manifest-path bindings-wasm/Cargo.toml --quiet --locked \
		--target wasm32-unknown-unknown --features asymmetric -- -D warnings; \
	step cargo +1.88.0 check --quiet --workspace --features $(FEATURES); \
	step cargo fetch --locked; \
	step cargo deny --offline --log-level error check licenses bans sources; \
	for each in $(BINDINGS) bindings-wasm; do \
		step cargo fetch --locked --manifest-path $$each/Cargo.toml; \
		step cargo deny --offline --log-level error --manifest-path $$each/Cargo.toml \
			--config deny.toml check licenses bans sources; \
	done; \
	step cargo package --quiet --workspace --allow-dirty --no-verify; \
	step cargo package --quiet -p hookseal --allow-dirty; \
	step .ci/house

confusion: ## how well `explain` tells causes apart: the table of docs/explain/confusion.md
	HOOKSEAL_WRITE_CONFUSION=1 cargo test --quiet -p hookseal --features $(FEATURES) \
		--test explain_faults docs -- --nocapture

leaks: ## 100,000 explanations searched for secrets, and every fault at every provider
	HOOKSEAL_ALL_LEAKS=1 HOOKSEAL_EVERY_PAIR=1 cargo test --quiet -p hookseal --features $(FEATURES) \
		--test explain_faults -- --nocapture

oracles: ## vendors' own SDKs from PyPI and npm against hookseal, in both directions
	oracles/run

bench: ## the tables of benches/README.md, criterion, and what a verification costs in the packages
	cd benches && cargo bench
	bindings-python/bench/run
	cd bindings-node && { [[ -d node_modules ]] || npm ci --loglevel=error; } && node scripts/build.mjs
	node bindings-node/bench/run.mjs
	bindings-wasm/build.sh
	node bindings-wasm/bench/run.mjs

fuzz: ## every fuzz target for T seconds: make fuzz T=60
	fuzz/run $(T)

prove-claims: ## claims on real servers, killed, stopped, forged: the figures of docs/replay.md
	HOOKSEAL_PROVE_CLAIMS=1000000 cargo test --release --locked --manifest-path service/Cargo.toml \
		--all-features --test service linear:: -- --nocapture
	proofs/claims/run full

prove-ct: ## constant time: taint check, emitted code, dudect, each with a leaky control
	proofs/ct/run full

mutants: ## every mutant of the core must be caught
	proofs/mutants/run

miri: ## the core under Miri
	proofs/miri/run

generate: ## write the files that are made from the table and the codes
	cargo run --quiet -p hookseal --features $(FEATURES) --example generate

size: ## what a binary that names one row links, and the parts of the WebAssembly module
	proofs/size/run
	bindings-wasm/build.sh
	bindings-wasm/parts/run
