"""Several replicas behind a real proxy: slow, and not part of `make test`."""
