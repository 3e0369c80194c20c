# The whole of what a contributor types. CI runs `make test` on a clean checkout and nothing else.

.PHONY: test setup lint unit docs deny openapi bench

test: setup lint unit docs deny openapi
	@echo "all checks passed"

# Installs what the tests need and the machine lacks; prints the line to run where it may not.
setup:
	scripts/setup

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings

unit:
	cargo test --workspace --locked

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

# Licences, sources, and which crate may depend on what (deny.toml); then dependencies nobody uses.
deny:
	cargo deny --locked check bans licenses sources
	cargo machete crates

# The served API description, validated by a tool that is not ours.
openapi:
	scripts/validate-openapi

# Figures, not verdicts: each prints a ratio against a named peer or floor measured in the same run.
bench:
	cargo bench --workspace --locked
