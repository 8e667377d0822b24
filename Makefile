# Every path is relative: the folder may hold blanks and Vietnamese letters.
GUONG := .venv/bin/guong
PY := .venv/bin/python

.PHONY: run test check drill format lock

# Install, database, demo, server.
run:
	@sh scripts/install.sh
	@exec $(GUONG) serve --demo

# Everything CI runs.
test: check
	@sh scripts/browser.sh
	@sh scripts/tools.sh
	@$(PY) -m pytest -q -n 2 --dist loadfile

# The tests that have a full size, at it: an hour. Not part of CI.
drill:
	@sh scripts/install.sh dev
	@GUONG_DRILL=1 $(PY) -m pytest -q -p no:xdist tests/papers/test_sealing.py tests/papers/test_verify_session.py \
		tests/awards/test_boxes.py tests/awards/test_secret_leaks.py tests/awards/test_secret_minutes.py \
		tests/awards/test_unlinkable.py

check:
	@sh scripts/install.sh dev
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check --quiet
	@$(PY) -m mypy --no-error-summary
	@.venv/bin/lint-imports --no-cache
	@$(PY) -m djlint src --lint --quiet

format:
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

# Dependencies are named in *.in; the locks carry hashes and no address.
lock:
	@for name in requirements-uv requirements requirements-dev; do \
		$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url $$name.in -o $$name.txt; done
