# Sourced by ./setup and ./test: sets PYTHON to an interpreter of version 3.10 or later.
# One that can make environments (has ensurepip) is preferred; the Python code says what is missing otherwise.

find_python() {
    local candidate found="" candidates=(python3 python3.14 python3.13 python3.12 python3.11 python3.10 python)
    # A Python that the user names is taken or refused, never silently replaced by another.
    [ -z "${KAIHUA_PYTHON:-}" ] || candidates=("$KAIHUA_PYTHON")
    for candidate in "${candidates[@]}"; do
        command -v -- "$candidate" >/dev/null 2>&1 || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1 || continue
        if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            PYTHON=$candidate
            return 0
        fi
        [ -n "$found" ] || found=$candidate
    done
    PYTHON=$found
    [ -n "$PYTHON" ]
}
